// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for a gateway to the Learning Records Service.</summary>
    public sealed class LrsGatewayCredential : RequestPart
    {
        /// <summary>
        /// The client id that the gateway's operator issued; never shared with another profile. Required.
        /// </summary>
        public string ClientId { get; set; }

        /// <summary>The client secret. Required.</summary>
        public string ClientSecret { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("clientId", ClientId);
            json.Add("clientSecret", ClientSecret);
        }
    }
}
