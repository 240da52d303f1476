// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A service of an organisation.</summary>
    public sealed class ExternalService : RequestPart
    {
        /// <summary>Its number. Required.</summary>
        public long? Id { get; set; }

        /// <summary>The organisation's number. Required.</summary>
        public long? AuthorizedEntityId { get; set; }

        /// <summary>What people call it.</summary>
        public string Name { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("id", Id);
            json.Add("authorizedEntityId", AuthorizedEntityId);
            json.Add("name", Name);
        }
    }
}
