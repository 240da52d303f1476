// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>batch_status</c>: tells how far a batch has come, at once or when it ends.
    /// </summary>
    public sealed class BatchStatusResponse : Response
    {
        private BatchStatusResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            BatchId = source.Text("batchId");
            Operation = source.Text("operation");
            Input = source.Text("input");
            Output = source.Text("output");
            PartialOutput = source.Text("partialOutput");
            RowsRead = source.Integer("rowsRead");
            RowsTotal = source.OptionalInteger("rowsTotal");
            Done = source.Integer("done");
            Failed = source.Integer("failed");
            Refused = source.Integer("refused");
            InFlight = source.Integer("inFlight");
            RatePerSecond = source.Number("ratePerSecond");
            EtaSeconds = source.OptionalInteger("etaSeconds");
            OutcomeCounts = source.Json("outcomes");
            Errors = source.Json("errors");
            RefusedRows = source.List("refusedRows", JsonObject.AsObject(value => new RefusedRow(value)));
            StartedAt = source.Text("startedAt");
            EndedAt = source.Text("endedAt");
            HeldBack = source.OptionalNumber("heldBack");
            Error = source.Json("error");
        }

        /// <summary>The batch.</summary>
        public string BatchId { get; }

        /// <summary>The operation run for each row.</summary>
        public string Operation { get; }

        /// <summary>The file that is read.</summary>
        public string Input { get; }

        /// <summary>The file that has the results once it is done.</summary>
        public string Output { get; }

        /// <summary>The file that has what is done so far, while the results are not written.</summary>
        public string PartialOutput { get; }

        /// <summary>How many rows were read.</summary>
        public long RowsRead { get; }

        /// <summary>How many rows the file has; absent where that is not known yet.</summary>
        public long? RowsTotal { get; }

        /// <summary>How many rows have an answer.</summary>
        public long Done { get; }

        /// <summary>How many rows have none because of an error.</summary>
        public long Failed { get; }

        /// <summary>How many rows were refused before anything was called.</summary>
        public long Refused { get; }

        /// <summary>How many rows are being worked on.</summary>
        public long InFlight { get; }

        /// <summary>How many rows a second came to their end lately.</summary>
        public double RatePerSecond { get; }

        /// <summary>How long it will still take at that rate; absent where that is not known.</summary>
        public long? EtaSeconds { get; }

        /// <summary>How many rows had each outcome. As JSON.</summary>
        public string OutcomeCounts { get; }

        /// <summary>How many rows had each error, by its code. As JSON.</summary>
        public string Errors { get; }

        /// <summary>The first 1,000 rows that were refused.</summary>
        public IReadOnlyList<RefusedRow> RefusedRows { get; }

        /// <summary>When it was started.</summary>
        public string StartedAt { get; }

        /// <summary>When it ended, if it has.</summary>
        public string EndedAt { get; }

        /// <summary>
        /// To how many calls a second it keeps because the service asks for fewer; absent when it does not.
        /// </summary>
        public double? HeldBack { get; }

        /// <summary>The error object that says why it failed. As JSON.</summary>
        public string Error { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(BatchId), BatchId, nameof(Operation), Operation, nameof(RowsRead), RowsRead, nameof(RowsTotal), RowsTotal, nameof(Done), Done, nameof(Failed), Failed, nameof(Refused), Refused, nameof(InFlight), InFlight, nameof(RatePerSecond), RatePerSecond, nameof(EtaSeconds), EtaSeconds, nameof(OutcomeCounts), OutcomeCounts, nameof(Errors), Errors, nameof(StartedAt), StartedAt, nameof(EndedAt), EndedAt, nameof(HeldBack), HeldBack);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static BatchStatusResponse FromJson(string json)
        {
            return new BatchStatusResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It is being worked on.</summary>
            public const string Running = "running";

            /// <summary>Every row has its answer, and the results are written.</summary>
            public const string Done = "done";

            /// <summary>
            /// The results are written; some rows failed or were refused, and their rows say why.
            /// </summary>
            public const string DoneWithErrors = "doneWithErrors";

            /// <summary>It was cancelled; <c>resume_batch</c> goes on with it.</summary>
            public const string Cancelled = "cancelled";

            /// <summary>
            /// The process or plugin that worked on it has ended; <c>resume_batch</c> goes on with it.
            /// </summary>
            public const string Interrupted = "interrupted";

            /// <summary>
            /// It could not go on; <c>error</c> says why. <c>resume_batch</c> goes on once that is mended.
            /// </summary>
            public const string Failed = "failed";
        }
    }
}
