// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Blocks or unblocks a patient or an organisation in our own register.</summary>
    public sealed class SetLinkageAccessRequest : Request
    {
        /// <summary>Code of the organisation. Required.</summary>
        public string OdsCode { get; set; }

        /// <summary>
        /// The NHS number of the patient whose access is meant; all of the organisation's when absent.
        /// </summary>
        public string NhsNumber { get; set; }

        /// <summary>Whether access is blocked. Required.</summary>
        public bool? Blocked { get; set; }

        /// <summary>
        /// Why a patient is blocked; <c>OTHER</c> when absent. One of <c>PRACTICE_DECISION</c>,
        /// <c>PATIENT_ARCHIVED</c>, <c>ACCOUNT_DISABLED</c>, <c>UNDER_MINIMUM_AGE_OR_NOT_COMPETENT</c>,
        /// <c>NOT_VALID_FOR_ONLINE_USE</c>, <c>MULTIPLE_RECORDS</c>, <c>OTHER</c>.
        /// </summary>
        public string Reason { get; set; }

        /// <summary>What the caller may be told of it: at most 256 characters and nothing clinical.</summary>
        public string Text { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("odsCode", OdsCode);
            json.Add("nhsNumber", NhsNumber);
            json.Add("blocked", Blocked);
            json.Add("reason", Reason);
            json.Add("text", Text);
            base.WriteTo(json);
        }
    }
}
