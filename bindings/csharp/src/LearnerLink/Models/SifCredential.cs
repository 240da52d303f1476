// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for SIF Student Record Exchange.</summary>
    public sealed class SifCredential : RequestPart
    {
        /// <summary>
        /// The session token that the SIF environment gave; never shared with another profile. Required.
        /// </summary>
        public string SessionToken { get; set; }

        /// <summary>The shared secret. Required.</summary>
        public string SharedSecret { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("sessionToken", SessionToken);
            json.Add("sharedSecret", SharedSecret);
        }
    }
}
