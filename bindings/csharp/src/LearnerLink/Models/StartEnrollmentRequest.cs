// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Handles a start that the host's own web server received, and says what to answer the receiver.
    /// </summary>
    public sealed class StartEnrollmentRequest : Request
    {
        /// <summary>
        /// The body of the request as it came. Whatever it is, there is an answer for the receiver. Required.
        /// </summary>
        public string Body { get; set; }

        /// <summary>The header <c>Accept-Language</c> as it came; absent when there was none.</summary>
        public string AcceptLanguage { get; set; }

        /// <summary>Whether the student was let through the waiting room, where there is one.</summary>
        public bool? Admitted { get; set; }

        /// <summary>That the host's system has the same person enrolled already under another id.</summary>
        public bool? AlreadyEnrolled { get; set; }

        /// <summary>How many are enrolled by the host's own books; the offering's own number when absent.</summary>
        public long? Enrolled { get; set; }

        /// <summary>How many can be by the host's own books; the offering's own number when absent.</summary>
        public long? Most { get; set; }

        /// <summary>What the host program decides, if it does so at once.</summary>
        public EnrollmentDecision Decided { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("body", Body);
            json.Add("acceptLanguage", AcceptLanguage);
            json.Add("admitted", Admitted);
            json.Add("alreadyEnrolled", AlreadyEnrolled);
            json.Add("enrolled", Enrolled);
            json.Add("most", Most);
            json.Add("decided", Decided);
            base.WriteTo(json);
        }
    }
}
