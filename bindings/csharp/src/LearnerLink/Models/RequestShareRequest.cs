// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Sends a learner's phone a request to share and returns the code they must type (pattern C).
    /// </summary>
    public sealed class RequestShareRequest : Request
    {
        /// <summary>The learner's mobile number. Required.</summary>
        public string MobileNumber { get; set; }

        /// <summary>The learner's date of birth, <c>YYYY-MM-DD</c>. Required.</summary>
        public string DateOfBirth { get; set; }

        /// <summary>Send a request although one may be open; the learner is then notified again.</summary>
        public bool? Force { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("mobileNumber", MobileNumber);
            json.Add("dateOfBirth", DateOfBirth);
            json.Add("force", Force);
            base.WriteTo(json);
        }
    }
}
