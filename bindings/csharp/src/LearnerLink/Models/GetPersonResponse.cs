// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>get_person</c>: asks the home institution whether a student is still actively enrolled
    /// there.
    /// </summary>
    public sealed class GetPersonResponse : Response
    {
        private GetPersonResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Person = source.Json("person");
        }

        /// <summary>The person as the home institution gave them, but for national numbers. As JSON.</summary>
        public string Person { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static GetPersonResponse FromJson(string json)
        {
            return new GetPersonResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The student is actively enrolled at home.</summary>
            public const string Active = "active";

            /// <summary>The student is not actively enrolled at home.</summary>
            public const string Inactive = "inactive";

            /// <summary>The home institution does not say.</summary>
            public const string Unknown = "unknown";

            /// <summary>The home institution does not know the student.</summary>
            public const string PersonNotFound = "personNotFound";

            /// <summary>The student must log in first.</summary>
            public const string LoginAgain = "loginAgain";

            /// <summary>There is no such enrolment.</summary>
            public const string NotFound = "notFound";
        }
    }
}
