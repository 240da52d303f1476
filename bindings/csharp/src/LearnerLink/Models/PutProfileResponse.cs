// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>put_profile</c>: adds or changes a provider and its credentials, which are sealed.
    /// </summary>
    public sealed class PutProfileResponse : Response
    {
        private PutProfileResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Profile = source.Text("profile");
        }

        /// <summary>The name requests use.</summary>
        public string Profile { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static PutProfileResponse FromJson(string json)
        {
            return new PutProfileResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
