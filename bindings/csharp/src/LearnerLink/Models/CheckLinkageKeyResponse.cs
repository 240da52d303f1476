// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>check_linkage_key</c>: checks an account id and linkage key that somebody presents against
    /// our own register.
    /// </summary>
    public sealed class CheckLinkageKeyResponse : Response
    {
        private CheckLinkageKeyResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            NhsNumber = source.Text("nhsNumber");
        }

        /// <summary>The patient's NHS number, with <c>valid</c>.</summary>
        public string NhsNumber { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static CheckLinkageKeyResponse FromJson(string json)
        {
            return new CheckLinkageKeyResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Account and key belong together, the key is in force and nothing is blocked.</summary>
            public const string Valid = "valid";

            /// <summary>They do not, or something is blocked or revoked; which of these is not told.</summary>
            public const string NotValid = "notValid";
        }
    }
}
