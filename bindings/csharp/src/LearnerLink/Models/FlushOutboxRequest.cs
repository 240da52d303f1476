// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Sends to home institutions what is due, or everything.</summary>
    public sealed class FlushOutboxRequest : Request
    {
        /// <summary>Whether to try also what waits for its time.</summary>
        public bool? Everything { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("everything", Everything);
            base.WriteTo(json);
        }
    }
}
