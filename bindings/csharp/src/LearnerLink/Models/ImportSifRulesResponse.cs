// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>import_sif_rules</c>: takes rules of the Privacy Rules Service into the store, instead of
    /// those that are there.
    /// </summary>
    public sealed class ImportSifRulesResponse : Response
    {
        private ImportSifRulesResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            AuthorizedEntities = source.Integer("authorizedEntities");
            DistrictServices = source.Integer("districtServices");
            Students = source.Integer("students");
            ReadDifferently = source.List("readDifferently", JsonObject.AsText);
        }

        /// <summary>Organisations that may ask.</summary>
        public long AuthorizedEntities { get; }

        /// <summary>Agreements of districts with services.</summary>
        public long DistrictServices { get; }

        /// <summary>Rows of students.</summary>
        public long Students { get; }

        /// <summary>Statements that the two readings take differently.</summary>
        public IReadOnlyList<string> ReadDifferently { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ImportSifRulesResponse FromJson(string json)
        {
            return new ImportSifRulesResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The store has these rules, and no others.</summary>
            public const string Imported = "imported";
        }
    }
}
