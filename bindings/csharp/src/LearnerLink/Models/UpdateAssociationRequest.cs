// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Changes the host's state of an enrolment and tells the home institution.</summary>
    public sealed class UpdateAssociationRequest : Request
    {
        /// <summary>Our own id of the enrolment. Required.</summary>
        public string EnrollmentId { get; set; }

        /// <summary>
        /// The new state. One of <c>pending</c>, <c>queued</c>, <c>associated</c>, <c>denied</c>, <c>canceled</c>.
        /// Required.
        /// </summary>
        public string State { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            json.Add("state", State);
            base.WriteTo(json);
        }
    }
}
