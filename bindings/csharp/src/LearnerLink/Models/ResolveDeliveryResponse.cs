// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>resolve_delivery</c>: says what to do with something that could not be delivered and needs
    /// somebody to look at it.
    /// </summary>
    public sealed class ResolveDeliveryResponse : Response
    {
        private ResolveDeliveryResponse(string rawJson, JsonObject source)
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
        public static ResolveDeliveryResponse FromJson(string json)
        {
            return new ResolveDeliveryResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>It was done as asked.</summary>
            public const string Resolved = "resolved";

            /// <summary>The entry is neither parked nor waiting for a login.</summary>
            public const string NotWaiting = "notWaiting";

            /// <summary>There is no such enrolment or entry.</summary>
            public const string NotFound = "notFound";
        }
    }
}
