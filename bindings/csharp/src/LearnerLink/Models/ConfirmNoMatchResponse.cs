// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>confirm_no_match</c>: confirms that a person has no ULN.</summary>
    public sealed class ConfirmNoMatchResponse : Response
    {
        private ConfirmNoMatchResponse(string rawJson, JsonObject source)
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
        public static ConfirmNoMatchResponse FromJson(string json)
        {
            return new ConfirmNoMatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>
            /// The register says that this person has no ULN. A gateway says this as well when it did before.
            /// </summary>
            public const string Confirmed = "confirmed";

            /// <summary>The register says so already.</summary>
            public const string Unchanged = "unchanged";
        }
    }
}
