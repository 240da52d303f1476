// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Imports the match register of another installation from a CSV file.</summary>
    public sealed class ImportMatchesRequest : Request
    {
        /// <summary>The file, in UTF-8 with a line of column names. Required.</summary>
        public string Path { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("path", Path);
            base.WriteTo(json);
        }
    }
}
