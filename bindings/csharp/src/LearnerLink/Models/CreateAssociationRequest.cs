// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Tries to create the association of an enrolment at the home institution now.</summary>
    public sealed class CreateAssociationRequest : Request
    {
        /// <summary>Our own id of the enrolment. Required.</summary>
        public string EnrollmentId { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            base.WriteTo(json);
        }
    }
}
