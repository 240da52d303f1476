// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>cancel_batch</c>: ends a batch; what is done is kept, and it can be resumed.
    /// </summary>
    public sealed class CancelBatchResponse : Response
    {
        private CancelBatchResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            BatchId = source.Text("batchId");
        }

        /// <summary>The batch.</summary>
        public string BatchId { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(BatchId), BatchId);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static CancelBatchResponse FromJson(string json)
        {
            return new CancelBatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It has ended. Rows whose calls were under way are not done.</summary>
            public const string Cancelled = "cancelled";

            /// <summary>Nobody was working on it.</summary>
            public const string NotRunning = "notRunning";
        }
    }
}
