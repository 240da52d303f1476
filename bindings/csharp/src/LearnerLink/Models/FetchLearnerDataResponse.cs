// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>fetch_learner_data</c>: fetches the record of a learner who has already agreed to share it
    /// (pattern B).
    /// </summary>
    public sealed class FetchLearnerDataResponse : Response
    {
        private FetchLearnerDataResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Message = source.Text("message");
            Record = source.Object("record", value => new LearnerRecord(value));
            Raw = source.Json("raw");
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message { get; }

        /// <summary>The record.</summary>
        public LearnerRecord Record { get; }

        /// <summary>The record exactly as VERA sent it. As JSON.</summary>
        public string Raw { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static FetchLearnerDataResponse FromJson(string json)
        {
            return new FetchLearnerDataResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The record is in <c>record</c> or <c>raw</c>.</summary>
            public const string Shared = "shared";

            /// <summary>
            /// No consent of this learner for this provider is on file; ask the learner to share.
            /// </summary>
            public const string NotShared = "notShared";
        }
    }
}
