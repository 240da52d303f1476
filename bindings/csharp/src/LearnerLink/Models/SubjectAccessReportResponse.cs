// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>subject_access_report</c>: gives all that the match register holds of a person.
    /// </summary>
    public sealed class SubjectAccessReportResponse : Response
    {
        private SubjectAccessReportResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Rows = source.List("rows", JsonObject.AsObject(value => new MatchRow(value)));
        }

        /// <summary>The rows, oldest first.</summary>
        public IReadOnlyList<MatchRow> Rows { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static SubjectAccessReportResponse FromJson(string json)
        {
            return new SubjectAccessReportResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary><c>rows</c> has what the register holds of this person.</summary>
            public const string Found = "found";

            /// <summary>The register holds nothing of this person.</summary>
            public const string None = "none";
        }
    }
}
