// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Revokes a patient's linkage key in our own register; it never becomes valid again.</summary>
    public sealed class RevokeLinkageKeyRequest : Request
    {
        /// <summary>Code of the organisation where the patient is registered. Required.</summary>
        public string OdsCode { get; set; }

        /// <summary>The patient's NHS number. Required.</summary>
        public string NhsNumber { get; set; }

        /// <summary>Why, for the register; at most 100 characters and nothing clinical. Required.</summary>
        public string Reason { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("odsCode", OdsCode);
            json.Add("nhsNumber", NhsNumber);
            json.Add("reason", Reason);
            base.WriteTo(json);
        }
    }
}
