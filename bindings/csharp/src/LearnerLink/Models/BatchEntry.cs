// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A batch of a list.</summary>
    public sealed class BatchEntry : Model
    {
        internal BatchEntry(JsonObject source)
            : base(source)
        {
            BatchId = source.Text("batchId");
            Operation = source.Text("operation");
            State = source.Text("state");
            Input = source.Text("input");
            Output = source.Text("output");
            Done = source.Integer("done");
            Failed = source.Integer("failed");
            Refused = source.Integer("refused");
            StartedAt = source.Text("startedAt");
            EndedAt = source.Text("endedAt");
        }

        /// <summary>The batch.</summary>
        public string BatchId { get; }

        /// <summary>The operation run for each row.</summary>
        public string Operation { get; }

        /// <summary>Its state; see the outcomes of <c>batch_status</c>.</summary>
        public string State { get; }

        /// <summary>The file that is read.</summary>
        public string Input { get; }

        /// <summary>The file that has the results once it is done.</summary>
        public string Output { get; }

        /// <summary>How many rows have an answer.</summary>
        public long Done { get; }

        /// <summary>How many rows have none because of an error.</summary>
        public long Failed { get; }

        /// <summary>How many rows were refused before anything was called.</summary>
        public long Refused { get; }

        /// <summary>When it was started.</summary>
        public string StartedAt { get; }

        /// <summary>When it ended, if it has.</summary>
        public string EndedAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(BatchId), BatchId, nameof(Operation), Operation, nameof(State), State, nameof(Done), Done, nameof(Failed), Failed, nameof(Refused), Refused, nameof(StartedAt), StartedAt, nameof(EndedAt), EndedAt);
        }
    }
}
