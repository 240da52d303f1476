// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Ends a batch; what is done is kept, and it can be resumed.</summary>
    public sealed class CancelBatchRequest : Request
    {
        /// <summary>The batch. Required.</summary>
        public string BatchId { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("batchId", BatchId);
            base.WriteTo(json);
        }
    }
}
