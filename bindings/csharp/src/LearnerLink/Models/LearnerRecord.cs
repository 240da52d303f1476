// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The record.</summary>
    public sealed class LearnerRecord : Model
    {
        internal LearnerRecord(JsonObject source)
            : base(source)
        {
            Uln = source.Text("uln");
            UlnValid = source.Boolean("ulnValid");
            FirstName = source.Text("firstName");
            MiddleNames = source.Text("middleNames");
            LastName = source.Text("lastName");
            Gender = source.Text("gender");
            DateOfBirth = source.Text("dateOfBirth");
            Postcode = source.Text("postcode");
            AddressLine1 = source.Text("addressLine1");
            AddressLine2 = source.Text("addressLine2");
            AddressLine3 = source.Text("addressLine3");
            AddressLine4 = source.Text("addressLine4");
            AddressLine5 = source.Text("addressLine5");
            SenProvision = source.Text("senProvision");
            SenProvisionDescription = source.Text("senProvisionDescription");
            PrimarySenType = source.Text("primarySENType");
            PrimarySenTypeDescription = source.Text("primarySENTypeDescription");
            SecondarySenType = source.Text("secondarySENType");
            SecondarySenTypeDescription = source.Text("secondarySENTypeDescription");
            FreeSchoolMealEligible = source.OptionalBoolean("freeSchoolMealEligible");
            FreeSchoolMealEligibleLatest = source.Object("freeSchoolMealEligibleLatest", value => new FreeSchoolMealTerm(value));
            Qualifications = source.List("qualifications", JsonObject.AsObject(value => new Qualification(value)));
            Schools = source.List("schools", JsonObject.AsObject(value => new School(value)));
        }

        /// <summary>Unique Learner Number.</summary>
        public string Uln { get; }

        /// <summary>Whether the ULN's check digit is right; warn the user when it is not.</summary>
        public bool UlnValid { get; }

        /// <summary>Given name.</summary>
        public string FirstName { get; }

        /// <summary>Further given names.</summary>
        public string MiddleNames { get; }

        /// <summary>Family name.</summary>
        public string LastName { get; }

        /// <summary>Gender, an open set of codes.</summary>
        public string Gender { get; }

        /// <summary><c>YYYY-MM-DD</c>, or as sent when it is not a date.</summary>
        public string DateOfBirth { get; }

        /// <summary>Postcode.</summary>
        public string Postcode { get; }

        /// <summary>Address.</summary>
        public string AddressLine1 { get; }

        /// <summary>Address.</summary>
        public string AddressLine2 { get; }

        /// <summary>Address.</summary>
        public string AddressLine3 { get; }

        /// <summary>Address.</summary>
        public string AddressLine4 { get; }

        /// <summary>Address.</summary>
        public string AddressLine5 { get; }

        /// <summary>Special educational needs provision, a code. Special category.</summary>
        public string SenProvision { get; }

        /// <summary>The code in words. Special category.</summary>
        public string SenProvisionDescription { get; }

        /// <summary>Primary type of need, a code. Special category.</summary>
        public string PrimarySenType { get; }

        /// <summary>The code in words. Special category.</summary>
        public string PrimarySenTypeDescription { get; }

        /// <summary>Secondary type of need, a code. Special category.</summary>
        public string SecondarySenType { get; }

        /// <summary>The code in words. Special category.</summary>
        public string SecondarySenTypeDescription { get; }

        /// <summary>
        /// Whether the learner is eligible for free school meals; absent when not known. Special category.
        /// </summary>
        public bool? FreeSchoolMealEligible { get; }

        /// <summary>When eligibility was last recorded. Special category.</summary>
        public FreeSchoolMealTerm FreeSchoolMealEligibleLatest { get; }

        /// <summary>Qualifications in the order of display.</summary>
        public IReadOnlyList<Qualification> Qualifications { get; }

        /// <summary>Schools in the order of display.</summary>
        public IReadOnlyList<School> Schools { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
