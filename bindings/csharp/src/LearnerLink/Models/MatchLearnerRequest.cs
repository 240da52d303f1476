// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN.
    /// </summary>
    public sealed class MatchLearnerRequest : Request
    {
        /// <summary>Given name. Required.</summary>
        public string GivenName { get; set; }

        /// <summary>Family name. Required.</summary>
        public string FamilyName { get; set; }

        /// <summary>Date of birth, <c>YYYY-MM-DD</c>; required without <c>uln</c>.</summary>
        public string DateOfBirth { get; set; }

        /// <summary>
        /// Gender; required without <c>uln</c>. One of <c>male</c>, <c>female</c>, <c>notKnown</c>,
        /// <c>notSpecified</c>.
        /// </summary>
        public string Gender { get; set; }

        /// <summary>Last known postcode; required without <c>uln</c>.</summary>
        public string LastKnownPostCode { get; set; }

        /// <summary>Previous family name.</summary>
        public string PreviousFamilyName { get; set; }

        /// <summary>School at age 16.</summary>
        public string SchoolAtAge16 { get; set; }

        /// <summary>Place of birth.</summary>
        public string PlaceOfBirth { get; set; }

        /// <summary>E-mail address.</summary>
        public string EmailAddress { get; set; }

        /// <summary>The learner's ULN, to be checked against the names; not through a gateway.</summary>
        public string Uln { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("givenName", GivenName);
            json.Add("familyName", FamilyName);
            json.Add("dateOfBirth", DateOfBirth);
            json.Add("gender", Gender);
            json.Add("lastKnownPostCode", LastKnownPostCode);
            json.Add("previousFamilyName", PreviousFamilyName);
            json.Add("schoolAtAge16", SchoolAtAge16);
            json.Add("placeOfBirth", PlaceOfBirth);
            json.Add("emailAddress", EmailAddress);
            json.Add("uln", Uln);
            base.WriteTo(json);
        }
    }
}
