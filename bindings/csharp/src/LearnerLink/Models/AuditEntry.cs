// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>One entry of the audit trail.</summary>
    public sealed class AuditEntry : Model
    {
        internal AuditEntry(JsonObject source)
            : base(source)
        {
            Seq = source.Integer("seq");
            At = source.Text("at");
            Operation = source.Text("operation");
            System = source.Text("system");
            User = source.Text("user");
            Profile = source.Text("profile");
            Subject = source.Text("subject");
            Outcome = source.Text("outcome");
            Status = source.Integer("status");
            TraceId = source.Text("traceId");
            DurationMs = source.Integer("durationMs");
            Details = source.Json("details");
            Hash = source.Text("hash");
        }

        /// <summary>Its number.</summary>
        public long Seq { get; }

        /// <summary>When the operation ended.</summary>
        public string At { get; }

        /// <summary>The operation.</summary>
        public string Operation { get; }

        /// <summary>Its system.</summary>
        public string System { get; }

        /// <summary>Who asked.</summary>
        public string User { get; }

        /// <summary>On whose behalf.</summary>
        public string Profile { get; }

        /// <summary>Pseudonym of the learner.</summary>
        public string Subject { get; }

        /// <summary>The outcome or the error's code.</summary>
        public string Outcome { get; }

        /// <summary>The status number.</summary>
        public long Status { get; }

        /// <summary>The host's trace id.</summary>
        public string TraceId { get; }

        /// <summary>How long it took, in milliseconds.</summary>
        public long DurationMs { get; }

        /// <summary>What else the operation says, such as <c>odsCode</c> and <c>reason</c>. As JSON.</summary>
        public string Details { get; }

        /// <summary>The entry's hash in the chain, in hexadecimal.</summary>
        public string Hash { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Operation), Operation, nameof(System), System, nameof(Outcome), Outcome, nameof(Status), Status, nameof(DurationMs), DurationMs);
        }
    }
}
