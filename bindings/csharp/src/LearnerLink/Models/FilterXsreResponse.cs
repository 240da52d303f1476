// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>filter_xsre</c>: filters a student's record by data objects or the stylesheet of the
    /// Privacy Rules Service.
    /// </summary>
    public sealed class FilterXsreResponse : Response
    {
        private FilterXsreResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Xml = source.Text("xml");
            Json = source.Json("json");
            Summary = source.Object("summary", value => new StudentSummary(value));
            ReadDifferently = source.List("readDifferently", JsonObject.AsText);
        }

        /// <summary>The record as XML.</summary>
        public string Xml { get; }

        /// <summary>The record as JSON. As JSON.</summary>
        public string Json { get; }

        /// <summary>Its main groups.</summary>
        public StudentSummary Summary { get; }

        /// <summary>Statements that the two readings take differently.</summary>
        public IReadOnlyList<string> ReadDifferently { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static FilterXsreResponse FromJson(string json)
        {
            return new FilterXsreResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The response has what the filter lets through.</summary>
            public const string Filtered = "filtered";
        }
    }
}
