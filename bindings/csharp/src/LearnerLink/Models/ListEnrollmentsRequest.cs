// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Lists enrolments, hands out those to be decided, and waits for new ones.</summary>
    public sealed class ListEnrollmentsRequest : Request
    {
        /// <summary>Only this one, by our own id.</summary>
        public string EnrollmentId { get; set; }

        /// <summary>Only those of this person.</summary>
        public string PersonId { get; set; }

        /// <summary>Only those for this offering.</summary>
        public string OfferingId { get; set; }

        /// <summary>
        /// Only those in this state. One of <c>pending</c>, <c>queued</c>, <c>associated</c>, <c>denied</c>,
        /// <c>canceled</c>.
        /// </summary>
        public string State { get; set; }

        /// <summary>Only those that the host program has not decided, or only those it has.</summary>
        public bool? Undecided { get; set; }

        /// <summary>
        /// Only those with something in the outbox in this state. One of <c>waiting</c>, <c>needsLogin</c>,
        /// <c>parked</c>.
        /// </summary>
        public string Outbox { get; set; }

        /// <summary>Only those that changed after this; give the last <c>version</c> that was seen.</summary>
        public long? ChangedAfter { get; set; }

        /// <summary>
        /// Takes undecided ones from the inbox, oldest first: nobody else is handed them for <c>leaseSeconds</c>.
        /// </summary>
        public bool? HandOut { get; set; }

        /// <summary>Waits so long for the first, in milliseconds (0 to 600,000).</summary>
        public long? WaitMs { get; set; }

        /// <summary>Whether to give offering and person as they came.</summary>
        public bool? WithBodies { get; set; }

        /// <summary>At most this many, 1 to 1,000; 100 when absent.</summary>
        public long? Limit { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("enrollmentId", EnrollmentId);
            json.Add("personId", PersonId);
            json.Add("offeringId", OfferingId);
            json.Add("state", State);
            json.Add("undecided", Undecided);
            json.Add("outbox", Outbox);
            json.Add("changedAfter", ChangedAfter);
            json.Add("handOut", HandOut);
            json.Add("waitMs", WaitMs);
            json.Add("withBodies", WithBodies);
            json.Add("limit", Limit);
            base.WriteTo(json);
        }
    }
}
