// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Lists the providers, without their secrets.</summary>
    public sealed class ListProfilesRequest : Request
    {
        internal override void WriteTo(JsonWriter json)
        {
            base.WriteTo(json);
        }
    }
}
