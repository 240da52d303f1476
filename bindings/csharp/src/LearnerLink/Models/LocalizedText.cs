// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>What it is called.</summary>
    public sealed class LocalizedText : Model
    {
        internal LocalizedText(JsonObject source)
            : base(source)
        {
            En = source.Text("en");
            Nl = source.Text("nl");
        }

        /// <summary>In English.</summary>
        public string En { get; }

        /// <summary>In Dutch.</summary>
        public string Nl { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
