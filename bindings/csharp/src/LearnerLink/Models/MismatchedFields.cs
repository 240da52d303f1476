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

        /// <summary>Values of <c>givenName</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> GivenName { get; }

        /// <summary>Values of <c>familyName</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> FamilyName { get; }

        /// <summary>Values of <c>dateOfBirth</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> DateOfBirth { get; }

        /// <summary>Values of <c>gender</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> Gender { get; }

        /// <summary>
        /// Values of <c>lastKnownPostCode</c> that differ, one for each learner with another one.
        /// </summary>
        public IReadOnlyList<string> LastKnownPostCode { get; }

        /// <summary>
        /// Values of <c>previousFamilyName</c> that differ, one for each learner with another one.
        /// </summary>
        public IReadOnlyList<string> PreviousFamilyName { get; }

        /// <summary>Values of <c>schoolAtAge16</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> SchoolAtAge16 { get; }

        /// <summary>Values of <c>placeOfBirth</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> PlaceOfBirth { get; }

        /// <summary>Values of <c>emailAddress</c> that differ, one for each learner with another one.</summary>
        public IReadOnlyList<string> EmailAddress { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
