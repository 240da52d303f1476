// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A row of what may or may not be shown.</summary>
    public sealed class NamedDataObjectFilter : RequestPart
    {
        /// <summary>The kind of object, <c>xSre</c>. Required.</summary>
        public string Name { get; set; }

        /// <summary><c>include</c>; anything else excludes. Required.</summary>
        public string FilterType { get; set; }

        /// <summary>The path of what it is about. Required.</summary>
        public string IncludeStatement { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("name", Name);
            json.Add("filterType", FilterType);
            json.Add("includeStatement", IncludeStatement);
        }
    }
}
