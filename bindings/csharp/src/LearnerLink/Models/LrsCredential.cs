// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for the Learning Records Service.</summary>
    public sealed class LrsCredential : RequestPart
    {
        /// <summary>The organisation's UKPRN; the profile's own when absent.</summary>
        public string Ukprn { get; set; }

        /// <summary>The organisation's password. Required.</summary>
        public string Password { get; set; }

        /// <summary>The vendor's number. Required.</summary>
        public long? VendorId { get; set; }

        /// <summary>
        /// The client certificate with its key: a PKCS#12 file in base64. <c>lrs.pfxFile</c> of the configuration
        /// when absent.
        /// </summary>
        public string Pfx { get; set; }

        /// <summary>The password of <c>pfx</c>.</summary>
        public string PfxPassword { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("ukprn", Ukprn);
            json.Add("password", Password);
            json.Add("vendorId", VendorId);
            json.Add("pfx", Pfx);
            json.Add("pfxPassword", PfxPassword);
        }
    }
}
