// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A row of the Privacy Rules Service.</summary>
    public sealed class DataObjectFilter : RequestPart
    {
        /// <summary><c>include</c>; anything else excludes. Required.</summary>
        public string FilterType { get; set; }

        /// <summary>The path of what it is about. Required.</summary>
        public string IncludeStatement { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("filterType", FilterType);
            json.Add("includeStatement", IncludeStatement);
        }
    }
}
