// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>start_batch</c>: starts to run an operation for every row of a file, or checks the rows
    /// without running anything.
    /// </summary>
    public sealed class StartBatchResponse : Response
    {
        private StartBatchResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            BatchId = source.Text("batchId");
            Rows = source.OptionalInteger("rows");
            Valid = source.OptionalInteger("valid");
            Refused = source.OptionalInteger("refused");
            RefusedRows = source.List("refusedRows", JsonObject.AsObject(value => new RefusedRow(value)));
        }

        /// <summary>The batch's id; absent with <c>dryRun</c>.</summary>
        public string BatchId { get; }

        /// <summary>How many rows the file has; absent where that is not known yet.</summary>
        public long? Rows { get; }

        /// <summary>With <c>dryRun</c>, how many of them can be run.</summary>
        public long? Valid { get; }

        /// <summary>With <c>dryRun</c>, how many would be refused.</summary>
        public long? Refused { get; }

        /// <summary>The first 1,000 of those.</summary>
        public IReadOnlyList<RefusedRow> RefusedRows { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(BatchId), BatchId, nameof(Rows), Rows, nameof(Valid), Valid, nameof(Refused), Refused);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static StartBatchResponse FromJson(string json)
        {
            return new StartBatchResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The batch runs in the background; <c>batch_status</c> tells how far it has come.</summary>
            public const string Started = "started";

            /// <summary>Every row can be run; nothing was called or written.</summary>
            public const string Validated = "validated";

            /// <summary>
            /// Some rows would be refused; <c>refusedRows</c> says which and why. Nothing was called or written.
            /// </summary>
            public const string Invalid = "invalid";
        }
    }
}
