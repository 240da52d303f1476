// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An organisation that may ask.</summary>
    public sealed class AuthorizedEntity : RequestPart
    {
        /// <summary>Its number. Required.</summary>
        public long? Id { get; set; }

        /// <summary>What people call it.</summary>
        public string Name { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("id", Id);
            json.Add("name", Name);
        }
    }
}
