// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// What the student is told instead of a text of ours, while the start is still open and nothing else comes of
    /// it.
    /// </summary>
    public sealed class DecisionMessage : RequestPart
    {
        /// <summary>In English. Required.</summary>
        public string En { get; set; }

        /// <summary>In Dutch. Required.</summary>
        public string Nl { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("en", En);
            json.Add("nl", Nl);
        }
    }
}
