// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>decide_enrollment</c>: decides about an application.</summary>
    public sealed class DecideEnrollmentResponse : Response
    {
        private DecideEnrollmentResponse(string rawJson, JsonObject source)
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
        public static DecideEnrollmentResponse FromJson(string json)
        {
            return new DecideEnrollmentResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The decision is kept, and what follows from it will be sent.</summary>
            public const string Decided = "decided";

            /// <summary>This was decided before.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>Something else was decided before, which stands.</summary>
            public const string AlreadyDecided = "alreadyDecided";

            /// <summary>The enrolment has ended meanwhile.</summary>
            public const string Ended = "ended";

            /// <summary>The host's state cannot become this one; nothing was changed.</summary>
            public const string IllegalTransition = "illegalTransition";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
