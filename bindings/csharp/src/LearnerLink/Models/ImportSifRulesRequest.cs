// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Takes rules of the Privacy Rules Service into the store, instead of those that are there.</summary>
    public sealed class ImportSifRulesRequest : Request
    {
        /// <summary>Path of a JSON file with the rules.</summary>
        public string Path { get; set; }

        /// <summary>The rules; instead of <c>path</c>.</summary>
        public SifRules Rules { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("path", Path);
            json.Add("rules", Rules);
            base.WriteTo(json);
        }
    }
}
