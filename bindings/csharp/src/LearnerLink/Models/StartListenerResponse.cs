// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>start_listener</c>: starts to serve the interfaces that the configuration's <c>listener</c>
    /// section describes.
    /// </summary>
    public sealed class StartListenerResponse : Response
    {
        private StartListenerResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Address = source.Text("address");
            Interfaces = source.List("interfaces", JsonObject.AsText);
        }

        /// <summary>Its address, such as <c>http://127.0.0.1:8085</c>.</summary>
        public string Address { get; }

        /// <summary>What it offers, by the names of the configuration.</summary>
        public IReadOnlyList<string> Interfaces { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(Interfaces), Interfaces);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static StartListenerResponse FromJson(string json)
        {
            return new StartListenerResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It serves now.</summary>
            public const string Started = "started";

            /// <summary>It was serving before, at this address.</summary>
            public const string AlreadyRunning = "alreadyRunning";
        }
    }
}
