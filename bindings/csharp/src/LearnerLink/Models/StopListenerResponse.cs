// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>stop_listener</c>: stops to serve, letting requests under way end.</summary>
    public sealed class StopListenerResponse : Response
    {
        private StopListenerResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
        }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static StopListenerResponse FromJson(string json)
        {
            return new StopListenerResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It serves no more.</summary>
            public const string Stopped = "stopped";

            /// <summary>It was not serving.</summary>
            public const string NotRunning = "notRunning";
        }
    }
}
