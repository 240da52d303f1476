// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>request_share</c>: sends a learner's phone a request to share and returns the code they
    /// must type (pattern C).
    /// </summary>
    public sealed class RequestShareResponse : Response
    {
        private RequestShareResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Message = source.Text("message");
            Provider = source.Text("provider");
            CorrelationId = source.Text("correlationId");
            Code = source.Text("code");
            DeadlineAt = source.Text("deadlineAt");
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message { get; }

        /// <summary>The provider's name, which the learner is to be told.</summary>
        public string Provider { get; }

        /// <summary>
        /// The handle to poll with. A secret: with the provider's credential it fetches the record.
        /// </summary>
        public string CorrelationId { get; }

        /// <summary>The code the learner types into the app, to be shown as it is.</summary>
        public string Code { get; }

        /// <summary>Until when the learner can act.</summary>
        public string DeadlineAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(DeadlineAt), DeadlineAt);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static RequestShareResponse FromJson(string json)
        {
            return new RequestShareResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The learner was notified; show them the code and poll with the correlation id.</summary>
            public const string Requested = "requested";

            /// <summary>
            /// A request to this learner is still open; nothing was sent again. Set <c>force</c> to send another.
            /// </summary>
            public const string Existing = "existing";

            /// <summary>
            /// An earlier request may have reached the learner; nothing was sent again. Ask the learner, or set
            /// <c>force</c>.
            /// </summary>
            public const string MayHaveBeenSent = "mayHaveBeenSent";

            /// <summary>VERA says that a request to this learner is already open.</summary>
            public const string AlreadyPending = "alreadyPending";

            /// <summary>No record could be found with these details; VERA does not tell which is wrong.</summary>
            public const string NotEstablished = "notEstablished";
        }
    }
}
