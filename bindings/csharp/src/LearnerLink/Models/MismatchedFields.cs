// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// For a possible match by name: the values that differ from what was searched for, by field; one for each
    /// learner that differs there.
    /// </summary>
    public sealed class MismatchedFields : Model
    {
        internal MismatchedFields(JsonObject source)
            : base(source)
        {
            GivenName = source.List("givenName", JsonObject.AsText);
            FamilyName = source.List("familyName", JsonObject.AsText);
            DateOfBirth = source.List("dateOfBirth", JsonObject.AsText);
            Gender = source.List("gender", JsonObject.AsText);
            LastKnownPostCode = source.List("lastKnownPostCode", JsonObject.AsText);
            PreviousFamilyName = source.List("previousFamilyName", JsonObject.AsText);
            SchoolAtAge16 = source.List("schoolAtAge16", JsonObject.AsText);
            PlaceOfBirth = source.List("placeOfBirth", JsonObject.AsText);
            EmailAddress = source.List("emailAddress", JsonObject.AsText);
        }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> GivenName { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> FamilyName { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> DateOfBirth { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> Gender { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> LastKnownPostCode { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> PreviousFamilyName { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> SchoolAtAge16 { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> PlaceOfBirth { get; }

        /// <summary>Without description.</summary>
        public IReadOnlyList<string> EmailAddress { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
