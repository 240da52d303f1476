// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Confirms which ULN a person has; no two people hold one ULN.</summary>
    public sealed class ConfirmMatchRequest : Request
    {
        /// <summary>The person. Required.</summary>
        public string PersonId { get; set; }

        /// <summary>The learner's ULN. Required.</summary>
        public string Uln { get; set; }

        /// <summary>Given name, as the service has it. Required.</summary>
        public string GivenName { get; set; }

        /// <summary>Family name, as the service has it. Required.</summary>
        public string FamilyName { get; set; }

        /// <summary>
        /// How the match was found. One of <c>exactMatch</c>, <c>possibleMatch</c>, <c>linkedLearnerMatch</c>,
        /// <c>tooManyMatches</c>, <c>noMatch</c>. Required.
        /// </summary>
        public string MatchType { get; set; }

        /// <summary>How many ULNs the search gave; 1 when absent.</summary>
        public long? CountOfReturnedUlns { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("personId", PersonId);
            json.Add("uln", Uln);
            json.Add("givenName", GivenName);
            json.Add("familyName", FamilyName);
            json.Add("matchType", MatchType);
            json.Add("countOfReturnedUlns", CountOfReturnedUlns);
            base.WriteTo(json);
        }
    }
}
