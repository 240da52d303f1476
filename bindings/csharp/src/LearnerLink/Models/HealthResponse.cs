// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>health</c>: tells whether the plugin can work.</summary>
    public sealed class HealthResponse : Response
    {
        private HealthResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Version = source.Text("version");
            LeftAlone = source.List("leftAlone", JsonObject.AsText);
            Store = source.OptionalBoolean("store");
        }

        /// <summary>The library's version.</summary>
        public string Version { get; }

        /// <summary>Hosts that are being left alone after repeated failures.</summary>
        public IReadOnlyList<string> LeftAlone { get; }

        /// <summary>Whether the store could be read; absent unless <c>probe</c> was set.</summary>
        public bool? Store { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(Version), Version, nameof(LeftAlone), LeftAlone, nameof(Store), Store);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static HealthResponse FromJson(string json)
        {
            return new HealthResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The plugin can work.</summary>
            public const string Ok = "ok";

            /// <summary>A host is being left alone after repeated failures.</summary>
            public const string Degraded = "degraded";
        }
    }
}
