// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Seals everything anew under a new key.</summary>
    public sealed class RotateKeyRequest : Request
    {
        /// <summary>
        /// The new master key, base64 of 32 bytes; configure it as <c>vaultKey</c> from the next start on.
        /// </summary>
        public string NewVaultKey { get; set; }

        /// <summary>A file with the new master key, instead of <c>newVaultKey</c>.</summary>
        public string NewVaultKeyFile { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("newVaultKey", NewVaultKey);
            json.Add("newVaultKeyFile", NewVaultKeyFile);
            base.WriteTo(json);
        }
    }
}
