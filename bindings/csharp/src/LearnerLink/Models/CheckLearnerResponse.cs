// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>check_learner</c>: asks whether a learner with this mobile number and date of birth can be
    /// asked to share (pattern C).
    /// </summary>
    public sealed class CheckLearnerResponse : Response
    {
        private CheckLearnerResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Message = source.Text("message");
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static CheckLearnerResponse FromJson(string json)
        {
            return new CheckLearnerResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The learner can be asked to share.</summary>
            public const string Exists = "exists";

            /// <summary>No record could be found with these details; VERA does not tell which is wrong.</summary>
            public const string NotEstablished = "notEstablished";
        }
    }
}
