// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>verify_audit</c>: checks that the audit trail is complete and unaltered.</summary>
    public sealed class VerifyAuditResponse : Response
    {
        private VerifyAuditResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Entries = source.Integer("entries");
            AtSeq = source.OptionalInteger("atSeq");
        }

        /// <summary>How many entries were read.</summary>
        public long Entries { get; }

        /// <summary>The first entry that is not right.</summary>
        public long? AtSeq { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static VerifyAuditResponse FromJson(string json)
        {
            return new VerifyAuditResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Every entry is as it was written and none is missing.</summary>
            public const string Intact = "intact";

            /// <summary>An entry was altered; <c>atSeq</c> is the first that does not fit.</summary>
            public const string Altered = "altered";

            /// <summary>Entries are missing; <c>atSeq</c> is the first that is.</summary>
            public const string Incomplete = "incomplete";
        }
    }
}
