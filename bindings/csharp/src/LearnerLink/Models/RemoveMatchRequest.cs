// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Takes back what was confirmed of a person; the history stays.</summary>
    public sealed class RemoveMatchRequest : Request
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
