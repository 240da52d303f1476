// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Tells how far a batch has come, at once or when it ends.</summary>
    public sealed class BatchStatusRequest : Request
    {
        /// <summary>The batch. Required.</summary>
        public string BatchId { get; set; }

        /// <summary>How long to wait for its end, in milliseconds.</summary>
        public long? WaitMs { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("batchId", BatchId);
            json.Add("waitMs", WaitMs);
            base.WriteTo(json);
        }
    }
}
