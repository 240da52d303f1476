// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for DfE View Education Record.</summary>
    public sealed class VeraCredential : RequestPart
    {
        /// <summary>The client id that DfE issued to this provider; never shared with another. Required.</summary>
        public string ClientId { get; set; }

        /// <summary>The client secret. Required.</summary>
        public string ClientSecret { get; set; }

        /// <summary>DfE's tenant id.</summary>
        public string TenantId { get; set; }

        /// <summary>The API's identifier.</summary>
        public string Resource { get; set; }

        /// <summary>Address of the API.</summary>
        public string BaseUrl { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("clientId", ClientId);
            json.Add("clientSecret", ClientSecret);
            json.Add("tenantId", TenantId);
            json.Add("resource", Resource);
            json.Add("baseUrl", BaseUrl);
        }
    }
}
