// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Asks the home institution how it stands with an association.</summary>
    public sealed class GetAssociationRequest : Request
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
