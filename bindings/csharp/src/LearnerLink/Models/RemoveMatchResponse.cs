// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>remove_match</c>: takes back what was confirmed of a person; the history stays.
    /// </summary>
    public sealed class RemoveMatchResponse : Response
    {
        private RemoveMatchResponse(string rawJson, JsonObject source)
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
        public static RemoveMatchResponse FromJson(string json)
        {
            return new RemoveMatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>
            /// What was confirmed is taken back. A gateway says this as well when there was nothing to take back.
            /// </summary>
            public const string Removed = "removed";

            /// <summary>There was nothing to take back.</summary>
            public const string Unchanged = "unchanged";
        }
    }
}
