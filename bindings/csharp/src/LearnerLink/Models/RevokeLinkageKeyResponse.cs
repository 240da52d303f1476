// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>revoke_linkage_key</c>: revokes a patient's linkage key in our own register; it never
    /// becomes valid again.
    /// </summary>
    public sealed class RevokeLinkageKeyResponse : Response
    {
        private RevokeLinkageKeyResponse(string rawJson, JsonObject source)
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
        public static RevokeLinkageKeyResponse FromJson(string json)
        {
            return new RevokeLinkageKeyResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The key is revoked and never becomes valid again.</summary>
            public const string Revoked = "revoked";

            /// <summary>It was revoked before; the first time stays.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>The patient has no key.</summary>
            public const string NoLinkageKey = "noLinkageKey";

            /// <summary>The organisation is not on the register.</summary>
            public const string OdsNotFound = "odsNotFound";

            /// <summary>The patient is not registered at this organisation.</summary>
            public const string PatientNotFound = "patientNotFound";
        }
    }
}
