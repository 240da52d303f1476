// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>import_register</c>: imports organisations, patients, accounts and linkage keys from a file
    /// into our own register.
    /// </summary>
    public sealed class ImportRegisterResponse : Response
    {
        private ImportRegisterResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Imported = source.Integer("imported");
            Unchanged = source.Integer("unchanged");
            RefusedRows = source.Integer("refusedRows");
            Refused = source.List("refused", JsonObject.AsObject(value => new RefusedRow(value)));
        }

        /// <summary>Organisations and patients that were added or changed.</summary>
        public long Imported { get; }

        /// <summary>Those that were left as they are.</summary>
        public long Unchanged { get; }

        /// <summary>Rows that were refused.</summary>
        public long RefusedRows { get; }

        /// <summary>The first thousand of them.</summary>
        public IReadOnlyList<RefusedRow> Refused { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(Imported), Imported, nameof(Unchanged), Unchanged, nameof(RefusedRows), RefusedRows);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ImportRegisterResponse FromJson(string json)
        {
            return new ImportRegisterResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Every row is in the register.</summary>
            public const string Imported = "imported";

            /// <summary>
            /// Some rows were refused; <c>refused</c> says which and why. The others are in the register.
            /// </summary>
            public const string PartlyImported = "partlyImported";

            /// <summary>
            /// Some rows were refused, and nothing was imported; <c>refused</c> says which and why.
            /// </summary>
            public const string Refused = "refused";
        }
    }
}
