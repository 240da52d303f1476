// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Confirms that a person has no ULN.</summary>
    public sealed class ConfirmNoMatchRequest : Request
    {
        /// <summary>The person. Required.</summary>
        public string PersonId { get; set; }

        /// <summary>
        /// What the search gave; <c>noMatch</c> when absent. One of <c>exactMatch</c>, <c>possibleMatch</c>,
        /// <c>linkedLearnerMatch</c>, <c>tooManyMatches</c>, <c>noMatch</c>.
        /// </summary>
        public string MatchType { get; set; }

        /// <summary>How many ULNs the search gave; 0 when absent.</summary>
        public long? CountOfReturnedUlns { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("personId", PersonId);
            json.Add("matchType", MatchType);
            json.Add("countOfReturnedUlns", CountOfReturnedUlns);
            base.WriteTo(json);
        }
    }
}
