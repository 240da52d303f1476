// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Writes the match register to a CSV file that only its owner may read.</summary>
    public sealed class ExportMatchesRequest : Request
    {
        /// <summary>
        /// The file, which must not exist; only its owner may read it. It holds everything in clear. Required.
        /// </summary>
        public string Path { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("path", Path);
            base.WriteTo(json);
        }
    }
}
