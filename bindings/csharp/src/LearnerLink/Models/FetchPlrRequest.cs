// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Fetches a personal learning record, by ULN and names or for a person in the match register.
    /// </summary>
    public sealed class FetchPlrRequest : Request
    {
        /// <summary>The person, as confirmed in the register.</summary>
        public string PersonId { get; set; }

        /// <summary>The learner's ULN.</summary>
        public string Uln { get; set; }

        /// <summary>Given name.</summary>
        public string GivenName { get; set; }

        /// <summary>Family name.</summary>
        public string FamilyName { get; set; }

        /// <summary>Date of birth, <c>YYYY-MM-DD</c>.</summary>
        public string DateOfBirth { get; set; }

        /// <summary>Gender. One of <c>male</c>, <c>female</c>, <c>notKnown</c>, <c>notSpecified</c>.</summary>
        public string Gender { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("personId", PersonId);
            json.Add("uln", Uln);
            json.Add("givenName", GivenName);
            json.Add("familyName", FamilyName);
            json.Add("dateOfBirth", DateOfBirth);
            json.Add("gender", Gender);
            base.WriteTo(json);
        }
    }
}
