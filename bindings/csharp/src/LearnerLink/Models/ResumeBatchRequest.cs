// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Goes on with a batch that has ended early, without repeating a row that is done.</summary>
    public sealed class ResumeBatchRequest : Request
    {
        /// <summary>The batch. Required.</summary>
        public string BatchId { get; set; }

        /// <summary>
        /// Whether rows are run again whose call was under way when the batch ended, of operations that send or
        /// make something; else they are reported with the error <c>BATCH_ROW_INTERRUPTED</c>.
        /// </summary>
        public bool? RepeatInterrupted { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("batchId", BatchId);
            json.Add("repeatInterrupted", RepeatInterrupted);
            base.WriteTo(json);
        }
    }
}
