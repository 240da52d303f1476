// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An entry of the outbox.</summary>
    public sealed class OutboxEntry : Model
    {
        internal OutboxEntry(JsonObject source)
            : base(source)
        {
            EntryId = source.Text("entryId");
            Kind = source.Text("kind");
            State = source.Text("state");
            Reason = source.Text("reason");
            Attempts = source.Integer("attempts");
            NextAt = source.Text("nextAt");
        }

        /// <summary>Its id.</summary>
        public string EntryId { get; }

        /// <summary>What it is: <c>create</c>, <c>state</c> or <c>result</c>.</summary>
        public string Kind { get; }

        /// <summary><c>waiting</c>, <c>needsLogin</c> or <c>parked</c>.</summary>
        public string State { get; }

        /// <summary>
        /// Why it is parked: <c>credentials</c>, <c>rejected</c>, <c>ambiguous</c>, <c>untracked</c> or
        /// <c>expired</c>.
        /// </summary>
        public string Reason { get; }

        /// <summary>How often it was tried.</summary>
        public long Attempts { get; }

        /// <summary>When it is tried next, with <c>waiting</c>.</summary>
        public string NextAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Kind), Kind, nameof(State), State, nameof(Attempts), Attempts);
        }
    }
}
