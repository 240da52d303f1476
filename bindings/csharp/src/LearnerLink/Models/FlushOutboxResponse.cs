// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>flush_outbox</c>: sends to home institutions what is due, or everything.</summary>
    public sealed class FlushOutboxResponse : Response
    {
        private FlushOutboxResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Delivered = source.Integer("delivered");
            Kept = source.Integer("kept");
            Failed = source.Integer("failed");
        }

        /// <summary>How many entries arrived, and home institutions were asked.</summary>
        public long Delivered { get; }

        /// <summary>How many could not be delivered and are kept.</summary>
        public long Kept { get; }

        /// <summary>
        /// For how many enrolments nothing could be sent because of a failure here, such as a damaged row; the log
        /// says which.
        /// </summary>
        public long Failed { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(Delivered), Delivered, nameof(Kept), Kept, nameof(Failed), Failed);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static FlushOutboxResponse FromJson(string json)
        {
            return new FlushOutboxResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Everything that was due was tried.</summary>
            public const string Flushed = "flushed";

            /// <summary>There was nothing to send.</summary>
            public const string Empty = "empty";
        }
    }
}
