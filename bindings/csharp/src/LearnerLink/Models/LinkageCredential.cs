// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for the systems of linkage-key suppliers.</summary>
    public sealed class LinkageCredential : RequestPart
    {
        /// <summary>
        /// The client id at the token service of a <c>native</c> supplier; never shared with another profile.
        /// </summary>
        public string ClientId { get; set; }

        /// <summary>The client secret.</summary>
        public string ClientSecret { get; set; }

        /// <summary>The client certificate with its key: a PKCS#12 file in base64.</summary>
        public string Pfx { get; set; }

        /// <summary>The password of <c>pfx</c>.</summary>
        public string PfxPassword { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("clientId", ClientId);
            json.Add("clientSecret", ClientSecret);
            json.Add("pfx", Pfx);
            json.Add("pfxPassword", PfxPassword);
        }
    }
}
