// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>match_learner</c>: searches the Learning Records Service for a learner by name, date of
    /// birth, gender and postcode, or by ULN.
    /// </summary>
    public sealed class MatchLearnerResponse : Response
    {
        private MatchLearnerResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Learners = source.List("learners", JsonObject.AsObject(value => new Learner(value)));
            MismatchedFields = source.Object("mismatchedFields", value => new MismatchedFields(value));
            MismatchesByLearner = source.List("mismatchesByLearner", JsonObject.AsList(JsonObject.AsText));
        }

        /// <summary>The learners, in the service's order.</summary>
        public IReadOnlyList<Learner> Learners { get; }

        /// <summary>
        /// For a possible match by name: the values that differ from what was searched for, by field; one for each
        /// learner that differs there.
        /// </summary>
        public MismatchedFields MismatchedFields { get; }

        /// <summary>
        /// For a possible match by name: the fields that differ, for each of <c>learners</c> in turn.
        /// </summary>
        public IReadOnlyList<IReadOnlyList<string>> MismatchesByLearner { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static MatchLearnerResponse FromJson(string json)
        {
            return new MatchLearnerResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>
            /// One learner fits; <c>learners</c> has them. Confirm the match if it is the right person.
            /// </summary>
            public const string ExactMatch = "exactMatch";

            /// <summary>
            /// Up to ten learners may be meant; <c>learners</c> has them and <c>mismatchedFields</c> where they
            /// differ.
            /// </summary>
            public const string PossibleMatch = "possibleMatch";

            /// <summary>
            /// The record was merged with another; <c>learners</c> has the learner it belongs to now.
            /// </summary>
            public const string LinkedLearnerMatch = "linkedLearnerMatch";

            /// <summary>More than ten learners fit; search with more details.</summary>
            public const string TooManyMatches = "tooManyMatches";

            /// <summary>No learner fits.</summary>
            public const string NoMatch = "noMatch";
        }
    }
}
