// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Decides about an application.</summary>
    public sealed class DecideEnrollmentRequest : Request
    {
        /// <summary>Our own id of the enrolment. Required.</summary>
        public string EnrollmentId { get; set; }

        /// <summary>
        /// The decision. One of <c>associate</c>, <c>pending</c>, <c>queue</c>, <c>deny</c>, <c>fail</c>. Required.
        /// </summary>
        public string Decision { get; set; }

        /// <summary>
        /// What the student is told instead of a text of ours, while the start is still open and nothing else comes
        /// of it.
        /// </summary>
        public DecisionMessage Message { get; set; }

        /// <summary>Where the student is to go on, an address of HTTPS, while the start is still open.</summary>
        public string Redirect { get; set; }

        /// <summary>With <c>deny</c>: that the same person is enrolled already under another id.</summary>
        public bool? AlreadyEnrolled { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            json.Add("decision", Decision);
            json.Add("message", Message);
            json.Add("redirect", Redirect);
            json.Add("alreadyEnrolled", AlreadyEnrolled);
            base.WriteTo(json);
        }
    }
}
