// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A learner as the Learning Records Service holds them.</summary>
    public sealed class Learner : Model
    {
        internal Learner(JsonObject source)
            : base(source)
        {
            CreatedDate = source.Text("createdDate");
            LastUpdatedDate = source.Text("lastUpdatedDate");
            Uln = source.Text("uln");
            MasterSubstituted = source.Text("masterSubstituted");
            Title = source.Text("title");
            GivenName = source.Text("givenName");
            MiddleOtherName = source.Text("middleOtherName");
            FamilyName = source.Text("familyName");
            PreferredGivenName = source.Text("preferredGivenName");
            PreviousFamilyName = source.Text("previousFamilyName");
            FamilyNameAtAge16 = source.Text("familyNameAtAge16");
            SchoolAtAge16 = source.Text("schoolAtAge16");
            LastKnownAddressLine1 = source.Text("lastKnownAddressLine1");
            LastKnownAddressLine2 = source.Text("lastKnownAddressLine2");
            LastKnownAddressTown = source.Text("lastKnownAddressTown");
            LastKnownAddressCountyOrCity = source.Text("lastKnownAddressCountyOrCity");
            LastKnownPostCode = source.Text("lastKnownPostCode");
            DateOfAddressCapture = source.Text("dateOfAddressCapture");
            DateOfBirth = source.Text("dateOfBirth");
            PlaceOfBirth = source.Text("placeOfBirth");
            Gender = source.Text("gender");
            EmailAddress = source.Text("emailAddress");
            Nationality = source.Text("nationality");
            ScottishCandidateNumber = source.Text("scottishCandidateNumber");
            VerificationType = source.Text("verificationType");
            OtherVerificationDescription = source.Text("otherVerificationDescription");
            TierLevel = source.Text("tierLevel");
            AbilityToShare = source.Text("abilityToShare");
            LearnerStatus = source.Text("learnerStatus");
            LinkedUlns = source.List("linkedULNs", JsonObject.AsText);
            Notes = source.Text("notes");
            VersionNumber = source.Text("versionNumber");
        }

        /// <summary>When the record was made, <c>YYYY-MM-DD</c>.</summary>
        public string CreatedDate { get; }

        /// <summary>When it was last changed, <c>YYYY-MM-DD</c>.</summary>
        public string LastUpdatedDate { get; }

        /// <summary>The Unique Learner Number.</summary>
        public string Uln { get; }

        /// <summary><c>Y</c> when a merged record was replaced by its master.</summary>
        public string MasterSubstituted { get; }

        /// <summary>Title.</summary>
        public string Title { get; }

        /// <summary>Given name.</summary>
        public string GivenName { get; }

        /// <summary>Middle or other names.</summary>
        public string MiddleOtherName { get; }

        /// <summary>Family name.</summary>
        public string FamilyName { get; }

        /// <summary>The given name the learner prefers.</summary>
        public string PreferredGivenName { get; }

        /// <summary>Previous family name.</summary>
        public string PreviousFamilyName { get; }

        /// <summary>Family name at age 16.</summary>
        public string FamilyNameAtAge16 { get; }

        /// <summary>School at age 16.</summary>
        public string SchoolAtAge16 { get; }

        /// <summary>First line of the last known address.</summary>
        public string LastKnownAddressLine1 { get; }

        /// <summary>Second line of the last known address.</summary>
        public string LastKnownAddressLine2 { get; }

        /// <summary>Town of the last known address.</summary>
        public string LastKnownAddressTown { get; }

        /// <summary>County or city of the last known address.</summary>
        public string LastKnownAddressCountyOrCity { get; }

        /// <summary>Last known postcode.</summary>
        public string LastKnownPostCode { get; }

        /// <summary>When the address was noted, <c>YYYY-MM-DD</c>.</summary>
        public string DateOfAddressCapture { get; }

        /// <summary>Date of birth, <c>YYYY-MM-DD</c>.</summary>
        public string DateOfBirth { get; }

        /// <summary>Place of birth.</summary>
        public string PlaceOfBirth { get; }

        /// <summary>
        /// Gender: <c>male</c>, <c>female</c>, <c>notKnown</c>, <c>notSpecified</c>, or <c>unknown</c> for anything
        /// else.
        /// </summary>
        public string Gender { get; }

        /// <summary>E-mail address.</summary>
        public string EmailAddress { get; }

        /// <summary>Nationality.</summary>
        public string Nationality { get; }

        /// <summary>Scottish candidate number.</summary>
        public string ScottishCandidateNumber { get; }

        /// <summary>How the identity was verified: a code of the service.</summary>
        public string VerificationType { get; }

        /// <summary>How the identity was verified, in words.</summary>
        public string OtherVerificationDescription { get; }

        /// <summary>Tier level: a code of the service.</summary>
        public string TierLevel { get; }

        /// <summary>
        /// Whether the learner shares: <c>-1</c> not provided, <c>0</c> privacy notice not seen, <c>1</c> seen and
        /// shares.
        /// </summary>
        public string AbilityToShare { get; }

        /// <summary>Status of the record: a code of the service.</summary>
        public string LearnerStatus { get; }

        /// <summary>ULNs of records merged with this one.</summary>
        public IReadOnlyList<string> LinkedUlns { get; }

        /// <summary>Notes.</summary>
        public string Notes { get; }

        /// <summary>Version of the record.</summary>
        public string VersionNumber { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
