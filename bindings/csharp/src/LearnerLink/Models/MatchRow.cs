// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A row of the register.</summary>
    public sealed class MatchRow : Model
    {
        internal MatchRow(JsonObject source)
            : base(source)
        {
            Id = source.Integer("id");
            PersonId = source.Text("personId");
            MatchedUln = source.Text("matchedUln");
            GivenName = source.Text("givenName");
            FamilyName = source.Text("familyName");
            MatchType = source.Text("matchType");
            CountOfReturnedUlns = source.Text("countOfReturnedUlns");
            MatchStatus = source.Text("matchStatus");
            CreatedAt = source.Text("createdAt");
            ConfirmedBy = source.Text("confirmedBy");
        }

        /// <summary>Its number.</summary>
        public long Id { get; }

        /// <summary>The person.</summary>
        public string PersonId { get; }

        /// <summary>The ULN; empty when the row holds none.</summary>
        public string MatchedUln { get; }

        /// <summary>Given name; may be empty.</summary>
        public string GivenName { get; }

        /// <summary>Family name; may be empty.</summary>
        public string FamilyName { get; }

        /// <summary>How it was found, such as <c>Exact Match</c>; may be empty.</summary>
        public string MatchType { get; }

        /// <summary>How many ULNs the search gave; may be empty.</summary>
        public string CountOfReturnedUlns { get; }

        /// <summary><c>Matched</c>, <c>Cannot be matched</c>, <c>Unmatched</c>, or what an old row says.</summary>
        public string MatchStatus { get; }

        /// <summary>When it was written.</summary>
        public string CreatedAt { get; }

        /// <summary>Who wrote it, where the register kept it.</summary>
        public string ConfirmedBy { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
