// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Starts to serve the interfaces that the configuration's <c>listener</c> section describes.
    /// </summary>
    public sealed class StartListenerRequest : Request
    {
        internal override void WriteTo(JsonWriter json)
        {
            base.WriteTo(json);
        }
    }
}
