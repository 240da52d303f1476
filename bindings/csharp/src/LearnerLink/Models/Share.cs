// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A share in the store.</summary>
    public sealed class Share : Model
    {
        internal Share(JsonObject source)
            : base(source)
        {
            CorrelationId = source.Text("correlationId");
            Code = source.Text("code");
            Profile = source.Text("profile");
            Pattern = source.Text("pattern");
            State = source.Text("state");
            IssuedAt = source.Text("issuedAt");
            DeadlineAt = source.Text("deadlineAt");
        }

        /// <summary>The handle to poll with; absent when VERA gave none.</summary>
        public string CorrelationId { get; }

        /// <summary>The code the learner types (pattern C).</summary>
        public string Code { get; }

        /// <summary>The profile it was issued for.</summary>
        public string Profile { get; }

        /// <summary><c>A</c> (QR code) or <c>C</c> (notification).</summary>
        public string Pattern { get; }

        /// <summary>Its state.</summary>
        public string State { get; }

        /// <summary>When it was issued.</summary>
        public string IssuedAt { get; }

        /// <summary>Until when the learner can act.</summary>
        public string DeadlineAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Pattern), Pattern, nameof(State), State, nameof(DeadlineAt), DeadlineAt);
        }
    }
}
