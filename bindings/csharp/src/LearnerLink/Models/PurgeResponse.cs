// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>purge</c>: removes what is older than its retention.</summary>
    public sealed class PurgeResponse : Response
    {
        private PurgeResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            AuditEntries = source.Integer("auditEntries");
            Shares = source.Integer("shares");
            Enrollments = source.Integer("enrollments");
            Batches = source.Integer("batches");
        }

        /// <summary>Audit entries removed.</summary>
        public long AuditEntries { get; }

        /// <summary>Shares removed.</summary>
        public long Shares { get; }

        /// <summary>Enrolments of which what came with them was removed.</summary>
        public long Enrollments { get; }

        /// <summary>Bulk jobs removed.</summary>
        public long Batches { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(AuditEntries), AuditEntries);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static PurgeResponse FromJson(string json)
        {
            return new PurgeResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
