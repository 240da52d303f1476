// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Asks whether a learner has shared their record, at once or for up to <c>waitMs</c> (patterns A and C).
    /// </summary>
    public sealed class PollLearnerDataRequest : Request
    {
        /// <summary>The handle from <c>generate_qr</c> or <c>request_share</c>. Required.</summary>
        public string CorrelationId { get; set; }

        /// <summary>How long to wait for the learner, in milliseconds; 0 takes one step and returns.</summary>
        public long? WaitMs { get; set; }

        /// <summary>In which form to return the record. One of <c>typed</c>, <c>raw</c>.</summary>
        public string RecordFormat { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("correlationId", CorrelationId);
            json.Add("waitMs", WaitMs);
            json.Add("recordFormat", RecordFormat);
            base.WriteTo(json);
        }
    }
}
