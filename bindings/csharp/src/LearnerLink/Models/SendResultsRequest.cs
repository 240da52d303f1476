// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Sends a student's result to the home institution.</summary>
    public sealed class SendResultsRequest : Request
    {
        /// <summary>Our own id of the enrolment. Required.</summary>
        public string EnrollmentId { get; set; }

        /// <summary>The result; it replaces the one before. Required.</summary>
        public EnrollmentResult Result { get; set; }

        /// <summary>Sends it also when the enrolment was cancelled.</summary>
        public bool? Force { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            json.Add("result", Result);
            json.Add("force", Force);
            base.WriteTo(json);
        }
    }
}
