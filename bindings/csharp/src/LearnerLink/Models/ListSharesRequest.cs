// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Lists the shares in the store, newest first.</summary>
    public sealed class ListSharesRequest : Request
    {
        /// <summary>
        /// Only those in this state: <c>awaitingLearner</c>, <c>shared</c>, <c>declinedOrExpired</c>,
        /// <c>timedOut</c>, <c>cancelled</c>, <c>unknown</c>, <c>failed</c>.
        /// </summary>
        public string State { get; set; }

        /// <summary>At most this many; 100 when absent.</summary>
        public long? Limit { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("state", State);
            json.Add("limit", Limit);
            base.WriteTo(json);
        }
    }
}
