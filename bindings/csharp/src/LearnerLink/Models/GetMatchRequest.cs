// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Says which ULN is confirmed for a person.</summary>
    public sealed class GetMatchRequest : Request
    {
        /// <summary>The person. Required.</summary>
        public string PersonId { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("personId", PersonId);
            base.WriteTo(json);
        }
    }
}
