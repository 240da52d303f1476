// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>update_association</c>: changes the host's state of an enrolment and tells the home
    /// institution.
    /// </summary>
    public sealed class UpdateAssociationResponse : Response
    {
        private UpdateAssociationResponse(string rawJson, JsonObject source)
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
        public static UpdateAssociationResponse FromJson(string json)
        {
            return new UpdateAssociationResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The home institution has the new state.</summary>
            public const string Sent = "sent";

            /// <summary>It is the host's state already.</summary>
            public const string Unchanged = "unchanged";

            /// <summary>The new state is kept; it will be sent when it can be.</summary>
            public const string Kept = "kept";

            /// <summary>The host's state cannot become this one; nothing was changed.</summary>
            public const string IllegalTransition = "illegalTransition";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
