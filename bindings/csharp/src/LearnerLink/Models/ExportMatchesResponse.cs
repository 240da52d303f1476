// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>export_matches</c>: writes the match register to a CSV file that only its owner may read.
    /// </summary>
    public sealed class ExportMatchesResponse : Response
    {
        private ExportMatchesResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Rows = source.Integer("rows");
        }

        /// <summary>How many rows the file has.</summary>
        public long Rows { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(Rows), Rows);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ExportMatchesResponse FromJson(string json)
        {
            return new ExportMatchesResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The file has the whole register.</summary>
            public const string Exported = "exported";
        }
    }
}
