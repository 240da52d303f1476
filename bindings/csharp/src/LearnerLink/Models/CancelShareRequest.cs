// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Stops waiting for a learner.</summary>
    public sealed class CancelShareRequest : Request
    {
        /// <summary>The handle from <c>generate_qr</c> or <c>request_share</c>. Required.</summary>
        public string CorrelationId { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("correlationId", CorrelationId);
            base.WriteTo(json);
        }
    }
}
