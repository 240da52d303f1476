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

        /// <summary>Given name.</summary>
        public IReadOnlyList<string> GivenName { get; }

        /// <summary>Family name.</summary>
        public IReadOnlyList<string> FamilyName { get; }

        /// <summary>Date of birth.</summary>
        public IReadOnlyList<string> DateOfBirth { get; }

        /// <summary>Gender.</summary>
        public IReadOnlyList<string> Gender { get; }

        /// <summary>Last known post code.</summary>
        public IReadOnlyList<string> LastKnownPostCode { get; }

        /// <summary>Previous family name.</summary>
        public IReadOnlyList<string> PreviousFamilyName { get; }

        /// <summary>School at age16.</summary>
        public IReadOnlyList<string> SchoolAtAge16 { get; }

        /// <summary>Place of birth.</summary>
        public IReadOnlyList<string> PlaceOfBirth { get; }

        /// <summary>Email address.</summary>
        public IReadOnlyList<string> EmailAddress { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
