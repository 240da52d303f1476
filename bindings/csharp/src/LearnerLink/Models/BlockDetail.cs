// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Why access is blocked, with <c>patientBlocked</c>.</summary>
    public sealed class BlockDetail : Model
    {
        internal BlockDetail(JsonObject source)
            : base(source)
        {
            Reason = source.Text("reason");
            Text = source.Text("text");
        }

        /// <summary>Why access is blocked.</summary>
        public string Reason { get; }

        /// <summary>
        /// What the caller may be told, at most 256 characters and nothing clinical; may be empty.
        /// </summary>
        public string Text { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
