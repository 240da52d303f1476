// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>get_xsre</c>: asks for a student's record, as far as the asking service may see it.
    /// </summary>
    public sealed class GetXsreResponse : Response
    {
        private GetXsreResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Xml = source.Text("xml");
            Json = source.Json("json");
            Summary = source.Object("summary", value => new StudentSummary(value));
            OtherLocalId = source.Boolean("otherLocalId");
        }

        /// <summary>The record as XML.</summary>
        public string Xml { get; }

        /// <summary>The record as JSON. As JSON.</summary>
        public string Json { get; }

        /// <summary>Its main groups.</summary>
        public StudentSummary Summary { get; }

        /// <summary>Whether the record has another id of the student than was asked for.</summary>
        public bool OtherLocalId { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static GetXsreResponse FromJson(string json)
        {
            return new GetXsreResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The parts of the record that this service may see are in the response.</summary>
            public const string Found = "found";

            /// <summary>
            /// There is nothing to show: no such student, no consent, or no right to ask. Which of these is not
            /// told, on purpose.
            /// </summary>
            public const string NotFound = "notFound";
        }
    }
}
