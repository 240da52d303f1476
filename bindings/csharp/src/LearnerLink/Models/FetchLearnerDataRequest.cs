// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Fetches the record of a learner who has already agreed to share it (pattern B).</summary>
    public sealed class FetchLearnerDataRequest : Request
    {
        /// <summary>The learner. Required.</summary>
        public string Uln { get; set; }

        /// <summary>In which form to return the record. One of <c>typed</c>, <c>raw</c>.</summary>
        public string RecordFormat { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("uln", Uln);
            json.Add("recordFormat", RecordFormat);
            base.WriteTo(json);
        }
    }
}
