// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>get_match</c>: says which ULN is confirmed for a person.</summary>
    public sealed class GetMatchResponse : Response
    {
        private GetMatchResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Uln = source.Text("uln");
            GivenName = source.Text("givenName");
            FamilyName = source.Text("familyName");
            ConfirmedBy = source.Text("confirmedBy");
            ConfirmedAt = source.Text("confirmedAt");
        }

        /// <summary>The ULN.</summary>
        public string Uln { get; }

        /// <summary>Given name.</summary>
        public string GivenName { get; }

        /// <summary>Family name.</summary>
        public string FamilyName { get; }

        /// <summary>Who confirmed it; not through a gateway.</summary>
        public string ConfirmedBy { get; }

        /// <summary>When it was confirmed; not through a gateway.</summary>
        public string ConfirmedAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static GetMatchResponse FromJson(string json)
        {
            return new GetMatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>A ULN is confirmed for this person.</summary>
            public const string Matched = "matched";

            /// <summary>It was confirmed that this person has no ULN.</summary>
            public const string NoUln = "noUln";

            /// <summary>Nobody has looked yet, or the match was taken back.</summary>
            public const string NotMatched = "notMatched";
        }
    }
}
