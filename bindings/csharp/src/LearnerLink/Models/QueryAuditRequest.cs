// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Reads the audit trail.</summary>
    public sealed class QueryAuditRequest : Request
    {
        /// <summary>Entries after this number: the last <c>seq</c> of the page before.</summary>
        public long? AfterSeq { get; set; }

        /// <summary>Not before this time.</summary>
        public string From { get; set; }

        /// <summary>Before this time.</summary>
        public string To { get; set; }

        /// <summary>Of this operation.</summary>
        public string Operation { get; set; }

        /// <summary>Of this system.</summary>
        public string System { get; set; }

        /// <summary>By this user.</summary>
        public string ByUser { get; set; }

        /// <summary>With this trace id.</summary>
        public string WithTraceId { get; set; }

        /// <summary>About the learner with this ULN.</summary>
        public string Uln { get; set; }

        /// <summary>About the person with this id, in operations that name one.</summary>
        public string PersonId { get; set; }

        /// <summary>About the patient with this NHS number.</summary>
        public string NhsNumber { get; set; }

        /// <summary>Only those about this student, by the id that a subscription receiver has for them.</summary>
        public string EnrollmentPersonId { get; set; }

        /// <summary>With this outcome or error code.</summary>
        public string Outcome { get; set; }

        /// <summary>Newest first instead of oldest first.</summary>
        public bool? NewestFirst { get; set; }

        /// <summary>At most this many; 100 when absent.</summary>
        public long? Limit { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("afterSeq", AfterSeq);
            json.Add("from", From);
            json.Add("to", To);
            json.Add("operation", Operation);
            json.Add("system", System);
            json.Add("byUser", ByUser);
            json.Add("withTraceId", WithTraceId);
            json.Add("uln", Uln);
            json.Add("personId", PersonId);
            json.Add("nhsNumber", NhsNumber);
            json.Add("enrollmentPersonId", EnrollmentPersonId);
            json.Add("outcome", Outcome);
            json.Add("newestFirst", NewestFirst);
            json.Add("limit", Limit);
            base.WriteTo(json);
        }
    }
}
