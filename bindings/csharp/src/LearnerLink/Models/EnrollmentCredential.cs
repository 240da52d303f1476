// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Credential for the subscription receiver of student-mobility enrolment.</summary>
    public sealed class EnrollmentCredential : RequestPart
    {
        /// <summary>
        /// The user name that the receiver knows our system by; never shared with another profile. Required.
        /// </summary>
        public string User { get; set; }

        /// <summary>The password. Required.</summary>
        public string Password { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("user", User);
            json.Add("password", Password);
        }
    }
}
