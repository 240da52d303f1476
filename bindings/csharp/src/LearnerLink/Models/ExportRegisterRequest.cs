// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Writes our own register to a file, sealed under a passphrase or without its linkage keys.</summary>
    public sealed class ExportRegisterRequest : Request
    {
        /// <summary>Path of the file, which must not exist. Required.</summary>
        public string Path { get; set; }

        /// <summary>
        /// Seals the export, which then has everything, linkage keys included; at least 12 characters. Without one
        /// the export has no linkage keys.
        /// </summary>
        public string Passphrase { get; set; }

        /// <summary>
        /// The form of an export without a passphrase; <c>csv</c> when absent. One of <c>csv</c>, <c>jsonLines</c>.
        /// </summary>
        public string Format { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("path", Path);
            json.Add("passphrase", Passphrase);
            json.Add("format", Format);
            base.WriteTo(json);
        }
    }
}
