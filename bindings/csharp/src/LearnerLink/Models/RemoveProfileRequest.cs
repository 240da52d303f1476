// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Removes a provider and its credentials.</summary>
    public sealed class RemoveProfileRequest : Request
    {
        internal override void WriteTo(JsonWriter json)
        {
            base.WriteTo(json);
        }
    }
}
