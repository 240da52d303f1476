// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>query_audit</c>: reads the audit trail.</summary>
    public sealed class QueryAuditResponse : Response
    {
        private QueryAuditResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Entries = source.List("entries", JsonObject.AsObject(value => new AuditEntry(value)));
            More = source.Boolean("more");
        }

        /// <summary>The entries.</summary>
        public IReadOnlyList<AuditEntry> Entries { get; }

        /// <summary>Whether more entries match.</summary>
        public bool More { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(More), More);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static QueryAuditResponse FromJson(string json)
        {
            return new QueryAuditResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
