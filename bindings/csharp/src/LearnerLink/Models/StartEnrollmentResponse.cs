// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>start_enrollment</c>: handles a start that the host's own web server received, and says
    /// what to answer the receiver.
    /// </summary>
    public sealed class StartEnrollmentResponse : Response
    {
        private StartEnrollmentResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            HttpStatus = source.Integer("httpStatus");
            ContentType = source.Text("contentType");
            Body = source.Text("body");
            Code = source.Integer("code");
            EnrollmentId = source.Text("enrollmentId");
        }

        /// <summary>The HTTP status to answer with, always 200.</summary>
        public long HttpStatus { get; }

        /// <summary>The content type to answer with.</summary>
        public string ContentType { get; }

        /// <summary>The body to answer with, exactly as it is.</summary>
        public string Body { get; }

        /// <summary>The code in that body.</summary>
        public long Code { get; }

        /// <summary>Our own id of the enrolment, when there is one.</summary>
        public string EnrollmentId { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(HttpStatus), HttpStatus);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static StartEnrollmentResponse FromJson(string json)
        {
            return new StartEnrollmentResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Both institutions agree: the student is enrolled.</summary>
            public const string Associated = "associated";

            /// <summary>
            /// The application is kept; the host program, the home institution or the delivery is still to come.
            /// </summary>
            public const string Pending = "pending";

            /// <summary>The student is on the waiting list.</summary>
            public const string Queued = "queued";

            /// <summary>The student is enrolled for this offering already.</summary>
            public const string AlreadyEnrolled = "alreadyEnrolled";

            /// <summary>The student has applied for this offering already.</summary>
            public const string AlreadyPending = "alreadyPending";

            /// <summary>The student is on the waiting list of this offering already.</summary>
            public const string AlreadyQueued = "alreadyQueued";

            /// <summary>The host program refused.</summary>
            public const string Denied = "denied";

            /// <summary>The home institution refused.</summary>
            public const string DeniedByHome = "deniedByHome";

            /// <summary>The student is not actively enrolled at home.</summary>
            public const string NotActive = "notActive";

            /// <summary>Enrolment has not opened yet.</summary>
            public const string NotYetOpen = "notYetOpen";

            /// <summary>Enrolment has closed.</summary>
            public const string Closed = "closed";

            /// <summary>There is no place left, and none on a waiting list.</summary>
            public const string Full = "full";

            /// <summary>The body is not what a receiver sends; nothing is kept of it.</summary>
            public const string InvalidRequest = "invalidRequest";

            /// <summary>The student was not let through the waiting room.</summary>
            public const string QueueFailed = "queueFailed";

            /// <summary>The application is kept, but the student must log in and start again.</summary>
            public const string LoginAgain = "loginAgain";

            /// <summary>The home institution does not know the student.</summary>
            public const string PersonNotFound = "personNotFound";

            /// <summary>
            /// The host program failed, or the home institution refused the association as malformed.
            /// </summary>
            public const string BackendError = "backendError";

            /// <summary>Nothing was accepted, because the library could not keep it.</summary>
            public const string InternalError = "internalError";
        }
    }
}
