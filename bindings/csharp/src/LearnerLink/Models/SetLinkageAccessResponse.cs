// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>set_linkage_access</c>: blocks or unblocks a patient or an organisation in our own
    /// register.
    /// </summary>
    public sealed class SetLinkageAccessResponse : Response
    {
        private SetLinkageAccessResponse(string rawJson, JsonObject source)
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
        public static SetLinkageAccessResponse FromJson(string json)
        {
            return new SetLinkageAccessResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The register has it.</summary>
            public const string Changed = "changed";

            /// <summary>The register said so already.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>The organisation is not on the register.</summary>
            public const string OdsNotFound = "odsNotFound";

            /// <summary>The patient is not registered at this organisation.</summary>
            public const string PatientNotFound = "patientNotFound";
        }
    }
}
