// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>create_association</c>: tries to create the association of an enrolment at the home
    /// institution now.
    /// </summary>
    public sealed class CreateAssociationResponse : Response
    {
        private CreateAssociationResponse(string rawJson, JsonObject source)
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
        public static CreateAssociationResponse FromJson(string json)
        {
            return new CreateAssociationResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The home institution has the association; its states are in the response.</summary>
            public const string Created = "created";

            /// <summary>It has it already.</summary>
            public const string AlreadyCreated = "alreadyCreated";

            /// <summary>It could not be delivered now and is kept for later.</summary>
            public const string Kept = "kept";

            /// <summary>The student must log in first; it is kept.</summary>
            public const string LoginAgain = "loginAgain";

            /// <summary>It is parked; <c>outbox</c> says why.</summary>
            public const string Parked = "parked";

            /// <summary>The enrolment has ended.</summary>
            public const string Ended = "ended";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
