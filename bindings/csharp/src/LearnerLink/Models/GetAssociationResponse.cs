// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>get_association</c>: asks the home institution how it stands with an association.
    /// </summary>
    public sealed class GetAssociationResponse : Response
    {
        private GetAssociationResponse(string rawJson, JsonObject source)
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
        public static GetAssociationResponse FromJson(string json)
        {
            return new GetAssociationResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>What the home institution says now is in the response.</summary>
            public const string Found = "found";

            /// <summary>The home institution has no association yet.</summary>
            public const string NotCreated = "notCreated";

            /// <summary>The receiver does not know the association; nothing more can be had of it.</summary>
            public const string Untracked = "untracked";

            /// <summary>The student must log in first.</summary>
            public const string LoginAgain = "loginAgain";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
