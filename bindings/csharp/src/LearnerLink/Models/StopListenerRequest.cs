// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Stops to serve, letting requests under way end.</summary>
    public sealed class StopListenerRequest : Request
    {
        /// <summary>How long requests under way may still take, in milliseconds; 5,000 when absent.</summary>
        public long? PatienceMs { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("patienceMs", PatienceMs);
            base.WriteTo(json);
        }
    }
}
