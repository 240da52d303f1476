// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>confirm_match</c>: confirms which ULN a person has; no two people hold one ULN.
    /// </summary>
    public sealed class ConfirmMatchResponse : Response
    {
        private ConfirmMatchResponse(string rawJson, JsonObject source)
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
        public static ConfirmMatchResponse FromJson(string json)
        {
            return new ConfirmMatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>
            /// The match is in the register. A gateway says this as well when it was there before.
            /// </summary>
            public const string Confirmed = "confirmed";

            /// <summary>The register says so already.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>Another person holds this ULN; nothing was written. Check both.</summary>
            public const string UlnTaken = "ulnTaken";
        }
    }
}
