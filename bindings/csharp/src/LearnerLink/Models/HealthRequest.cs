// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Tells whether the plugin can work.</summary>
    public sealed class HealthRequest : Request
    {
        /// <summary>Also read the store.</summary>
        public bool? Probe { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("probe", Probe);
            base.WriteTo(json);
        }
    }
}
