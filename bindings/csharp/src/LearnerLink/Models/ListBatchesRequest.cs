// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Lists batches, newest first.</summary>
    public sealed class ListBatchesRequest : Request
    {
        /// <summary>Those in this state only; see the outcomes of <c>batch_status</c>.</summary>
        public string State { get; set; }

        /// <summary>At most this many (1 to 1000); 100 when absent.</summary>
        public long? Limit { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("state", State);
            json.Add("limit", Limit);
            base.WriteTo(json);
        }
    }
}
