// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).
    /// </summary>
    public sealed class CheckLearnerRequest : Request
    {
        /// <summary>
        /// The learner's mobile number; blanks, hyphens, dots, brackets and <c>+44</c> are understood. Required.
        /// </summary>
        public string MobileNumber { get; set; }

        /// <summary>The learner's date of birth, <c>YYYY-MM-DD</c>. Required.</summary>
        public string DateOfBirth { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("mobileNumber", MobileNumber);
            json.Add("dateOfBirth", DateOfBirth);
            base.WriteTo(json);
        }
    }
}
