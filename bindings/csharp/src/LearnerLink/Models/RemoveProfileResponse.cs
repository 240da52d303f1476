// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>remove_profile</c>: removes a provider and its credentials.</summary>
    public sealed class RemoveProfileResponse : Response
    {
        private RemoveProfileResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
        }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static RemoveProfileResponse FromJson(string json)
        {
            return new RemoveProfileResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
