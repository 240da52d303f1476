// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>cancel_share</c>: stops waiting for a learner.</summary>
    public sealed class CancelShareResponse : Response
    {
        private CancelShareResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Message = source.Text("message");
            State = source.Text("state");
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message { get; }

        /// <summary>The share's state now.</summary>
        public string State { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(State), State);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static CancelShareResponse FromJson(string json)
        {
            return new CancelShareResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>
            /// Nobody waits any more. The learner may still agree; a fetch by ULN would then succeed.
            /// </summary>
            public const string Cancelled = "cancelled";

            /// <summary>The share had ended before; <c>state</c> says how.</summary>
            public const string AlreadyEnded = "alreadyEnded";
        }
    }
}
