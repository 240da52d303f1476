// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Asks the home institution whether a student is still actively enrolled there.</summary>
    public sealed class GetPersonRequest : Request
    {
        /// <summary>Our own id of an enrolment of theirs. Required.</summary>
        public string EnrollmentId { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            base.WriteTo(json);
        }
    }
}
