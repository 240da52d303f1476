// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>list_enrollments</c>: lists enrolments, hands out those to be decided, and waits for new
    /// ones.
    /// </summary>
    public sealed class ListEnrollmentsResponse : Response
    {
        private ListEnrollmentsResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Enrollments = source.List("enrollments", JsonObject.AsObject(value => new Enrollment(value)));
            More = source.Boolean("more");
        }

        /// <summary>The enrolments.</summary>
        public IReadOnlyList<Enrollment> Enrollments { get; }

        /// <summary>Whether there are more.</summary>
        public bool More { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(More), More);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ListEnrollmentsResponse FromJson(string json)
        {
            return new ListEnrollmentsResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The enrolments are in the response, by their last change.</summary>
            public const string Ok = "ok";
        }
    }
}
