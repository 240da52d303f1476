// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>resume_batch</c>: goes on with a batch that has ended early, without repeating a row that
    /// is done.
    /// </summary>
    public sealed class ResumeBatchResponse : Response
    {
        private ResumeBatchResponse(string rawJson, JsonObject source)
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
        public static ResumeBatchResponse FromJson(string json)
        {
            return new ResumeBatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It goes on in the background.</summary>
            public const string Resumed = "resumed";

            /// <summary>It is being worked on already, here or by another process.</summary>
            public const string Running = "running";

            /// <summary>Its results are written; there is nothing left to do.</summary>
            public const string Finished = "finished";
        }
    }
}
