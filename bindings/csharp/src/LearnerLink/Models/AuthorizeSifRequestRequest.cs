// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Checks the headers with which a SIF request came, once for each request.</summary>
    public sealed class AuthorizeSifRequestRequest : Request
    {
        /// <summary>The header <c>Authorization</c>, as it came; absent when there was none.</summary>
        public string Authorization { get; set; }

        /// <summary>The header <c>timestamp</c>, as it came; absent when there was none.</summary>
        public string Timestamp { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("authorization", Authorization);
            json.Add("timestamp", Timestamp);
            base.WriteTo(json);
        }
    }
}
