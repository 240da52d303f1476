// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Asks for the linkage key of a patient, and has one made when there is none.</summary>
    public sealed class RetrieveOrCreateLinkageKeyRequest : Request
    {
        /// <summary>Code of the organisation where the patient is registered. Required.</summary>
        public string OdsCode { get; set; }

        /// <summary>The patient's NHS number: ten digits, together or in groups of 3, 3 and 4. Required.</summary>
        public string NhsNumber { get; set; }

        /// <summary>The patient's surname, at most 100 characters. Required.</summary>
        public string Surname { get; set; }

        /// <summary>The patient's date of birth, <c>YYYY-MM-DD</c>. Required.</summary>
        public string DateOfBirth { get; set; }

        /// <summary>
        /// The supplier to ask, by its name in the configuration; <c>linkage.defaultSupplier</c> or our own
        /// register when absent.
        /// </summary>
        public string Supplier { get; set; }

        /// <summary>Proof of the patient's identity, which <c>emis</c> wants.</summary>
        public string IdentityToken { get; set; }

        /// <summary>
        /// The patient's e-mail address, which <c>emis</c> wants even where the key exists, and <c>tpp</c> takes.
        /// </summary>
        public string EmailAddress { get; set; }

        /// <summary>Whether a patient whose key was revoked gets another; <c>true</c> when absent.</summary>
        public bool? ReissueRevoked { get; set; }

        /// <summary>
        /// Whether to create a key after the supplier said that it does not know the patient; <c>false</c> when
        /// absent.
        /// </summary>
        public bool? CreateAfterPatientNotFound { get; set; }

        /// <summary>
        /// Whether the surname and date of birth that come with a retrieved key must match; <c>true</c> when
        /// absent.
        /// </summary>
        public bool? VerifyDemographics { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("odsCode", OdsCode);
            json.Add("nhsNumber", NhsNumber);
            json.Add("surname", Surname);
            json.Add("dateOfBirth", DateOfBirth);
            json.Add("supplier", Supplier);
            json.Add("identityToken", IdentityToken);
            json.Add("emailAddress", EmailAddress);
            json.Add("reissueRevoked", ReissueRevoked);
            json.Add("createAfterPatientNotFound", CreateAfterPatientNotFound);
            json.Add("verifyDemographics", VerifyDemographics);
            base.WriteTo(json);
        }
    }
}
