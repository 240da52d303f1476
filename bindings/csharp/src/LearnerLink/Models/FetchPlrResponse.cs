// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>fetch_plr</c>: fetches a personal learning record, by ULN and names or for a person in the
    /// match register.
    /// </summary>
    public sealed class FetchPlrResponse : Response
    {
        private FetchPlrResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            FoundUln = source.Text("foundUln");
            IncomingUln = source.Text("incomingUln");
            LearningEvents = source.List("learningEvents", JsonObject.AsObject(value => new LearningEvent(value)));
        }

        /// <summary>The ULN whose events these are.</summary>
        public string FoundUln { get; }

        /// <summary>The ULN that was asked for.</summary>
        public string IncomingUln { get; }

        /// <summary>The learning events, in the service's order.</summary>
        public IReadOnlyList<LearningEvent> LearningEvents { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static FetchPlrResponse FromJson(string json)
        {
            return new FetchPlrResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The learning events are in <c>learningEvents</c>; there may be none.</summary>
            public const string Found = "found";

            /// <summary>The record was merged with another; <c>foundUln</c> is whose events these are.</summary>
            public const string Linked = "linked";

            /// <summary>The learner has chosen not to share their record.</summary>
            public const string NotShared = "notShared";

            /// <summary>ULN and names do not belong together.</summary>
            public const string NotVerified = "notVerified";

            /// <summary>No ULN was confirmed for this person; match and confirm first.</summary>
            public const string NotMatched = "notMatched";

            /// <summary>It was confirmed that this person has no ULN.</summary>
            public const string NoUln = "noUln";
        }
    }
}
