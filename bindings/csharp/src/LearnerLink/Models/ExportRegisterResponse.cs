// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>export_register</c>: writes our own register to a file, sealed under a passphrase or
    /// without its linkage keys.
    /// </summary>
    public sealed class ExportRegisterResponse : Response
    {
        private ExportRegisterResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Organisations = source.Integer("organisations");
            Patients = source.Integer("patients");
            Keys = source.Integer("keys");
            Unreadable = source.Integer("unreadable");
        }

        /// <summary>Organisations in the file.</summary>
        public long Organisations { get; }

        /// <summary>Patients in the file.</summary>
        public long Patients { get; }

        /// <summary>Linkage keys in the file.</summary>
        public long Keys { get; }

        /// <summary>Patients left out because what is sealed of them is damaged.</summary>
        public long Unreadable { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(Organisations), Organisations, nameof(Patients), Patients, nameof(Keys), Keys, nameof(Unreadable), Unreadable);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ExportRegisterResponse FromJson(string json)
        {
            return new ExportRegisterResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The file has the whole register.</summary>
            public const string Exported = "exported";
        }
    }
}
