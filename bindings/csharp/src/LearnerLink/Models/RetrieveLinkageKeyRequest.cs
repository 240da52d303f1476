// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Asks for the linkage key of a patient, from our own register or a supplier's system.</summary>
    public sealed class RetrieveLinkageKeyRequest : Request
    {
        /// <summary>Code of the organisation where the patient is registered. Required.</summary>
        public string OdsCode { get; set; }

        /// <summary>The patient's NHS number: ten digits, together or in groups of 3, 3 and 4. Required.</summary>
        public string NhsNumber { get; set; }

        /// <summary>
        /// The supplier to ask, by its name in the configuration; <c>linkage.defaultSupplier</c> or our own
        /// register when absent.
        /// </summary>
        public string Supplier { get; set; }

        /// <summary>
        /// Surname, which <c>tpp</c> wants, and which is answered as given where a supplier does not tell it.
        /// </summary>
        public string Surname { get; set; }

        /// <summary>Date of birth, <c>YYYY-MM-DD</c>, as <c>surname</c>.</summary>
        public string DateOfBirth { get; set; }

        /// <summary>Proof of the patient's identity, which <c>emis</c> wants.</summary>
        public string IdentityToken { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("odsCode", OdsCode);
            json.Add("nhsNumber", NhsNumber);
            json.Add("supplier", Supplier);
            json.Add("surname", Surname);
            json.Add("dateOfBirth", DateOfBirth);
            json.Add("identityToken", IdentityToken);
            base.WriteTo(json);
        }
    }
}
