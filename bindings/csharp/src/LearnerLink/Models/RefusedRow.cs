// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A row that was not imported.</summary>
    public sealed class RefusedRow : Model
    {
        internal RefusedRow(JsonObject source)
            : base(source)
        {
            Line = source.Integer("line");
            Reason = source.Text("reason");
        }

        /// <summary>The line of the file on which the row begins.</summary>
        public long Line { get; }

        /// <summary>Why it was refused.</summary>
        public string Reason { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
