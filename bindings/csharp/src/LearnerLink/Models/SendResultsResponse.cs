// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>send_results</c>: sends a student's result to the home institution.</summary>
    public sealed class SendResultsResponse : Response
    {
        private SendResultsResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Enrollment = source.Object("enrollment", value => new Enrollment(value));
        }

        /// <summary>The enrolment as it is now; absent when there is none.</summary>
        public Enrollment Enrollment { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static SendResultsResponse FromJson(string json)
        {
            return new SendResultsResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The home institution has the result.</summary>
            public const string Sent = "sent";

            /// <summary>It has this result already, or it is about to be sent.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>The result is kept; it will be sent when it can be.</summary>
            public const string Kept = "kept";

            /// <summary>Both institutions must agree on the enrolment first.</summary>
            public const string NotAssociated = "notAssociated";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
