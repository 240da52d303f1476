// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Says what to do with something that could not be delivered and needs somebody to look at it.
    /// </summary>
    public sealed class ResolveDeliveryRequest : Request
    {
        /// <summary>Our own id of the enrolment. Required.</summary>
        public string EnrollmentId { get; set; }

        /// <summary>The entry's id. Required.</summary>
        public string EntryId { get; set; }

        /// <summary>What to do. One of <c>retry</c>, <c>discard</c>, <c>delivered</c>. Required.</summary>
        public string Resolution { get; set; }

        /// <summary>The association's id at the home institution, with <c>delivered</c>.</summary>
        public string AssociationId { get; set; }

        /// <summary>
        /// The home institution's state of it, with <c>delivered</c>. One of <c>pending</c>, <c>queued</c>,
        /// <c>associated</c>, <c>denied</c>, <c>canceled</c>.
        /// </summary>
        public string State { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            json.Add("entryId", EntryId);
            json.Add("resolution", Resolution);
            json.Add("associationId", AssociationId);
            json.Add("state", State);
            base.WriteTo(json);
        }
    }
}
