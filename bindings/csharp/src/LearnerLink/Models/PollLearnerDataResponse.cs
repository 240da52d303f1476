// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>poll_learner_data</c>: asks whether a learner has shared their record, at once or for up to
    /// <c>waitMs</c> (patterns A and C).
    /// </summary>
    public sealed class PollLearnerDataResponse : Response
    {
        private PollLearnerDataResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Message = source.Text("message");
            Profile = source.Text("profile");
            DeadlineAt = source.Text("deadlineAt");
            Polls = source.Integer("polls");
            NextPollMs = source.OptionalInteger("nextPollMs");
            Record = source.Object("record", value => new LearnerRecord(value));
            Raw = source.Json("raw");
        }

        /// <summary>A sentence for the user, in English.</summary>
        public string Message { get; }

        /// <summary>The profile it was issued for.</summary>
        public string Profile { get; }

        /// <summary>Until when the learner can act.</summary>
        public string DeadlineAt { get; }

        /// <summary>How often VERA was asked since this process began to wait.</summary>
        public long Polls { get; }

        /// <summary>How soon the next poll is worth while, in milliseconds; only when pending.</summary>
        public long? NextPollMs { get; }

        /// <summary>The record.</summary>
        public LearnerRecord Record { get; }

        /// <summary>The record exactly as VERA sent it. As JSON.</summary>
        public string Raw { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(DeadlineAt), DeadlineAt, nameof(Polls), Polls, nameof(NextPollMs), NextPollMs);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static PollLearnerDataResponse FromJson(string json)
        {
            return new PollLearnerDataResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The learner has not answered yet; keep waiting.</summary>
            public const string Pending = "pending";

            /// <summary>The learner agreed; the record is in <c>record</c> or <c>raw</c>.</summary>
            public const string Shared = "shared";

            /// <summary>The learner declined or let the time pass; VERA does not tell which. Start over.</summary>
            public const string DeclinedOrExpired = "declinedOrExpired";

            /// <summary>No answer came before the local deadline. Start over.</summary>
            public const string TimedOut = "timedOut";

            /// <summary>
            /// The wait was cancelled here. The learner may still have agreed; a fetch by ULN would then succeed.
            /// </summary>
            public const string Cancelled = "cancelled";

            /// <summary>The record was shared before and cannot be read again; keep the copy you have.</summary>
            public const string NoLongerAvailable = "noLongerAvailable";

            /// <summary>A request may have been sent to the learner, but VERA gave no handle to poll.</summary>
            public const string Unknown = "unknown";

            /// <summary>The share ended in an error before. Start over.</summary>
            public const string Failed = "failed";
        }
    }
}
