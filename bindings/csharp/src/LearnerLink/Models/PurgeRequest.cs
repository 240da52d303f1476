// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Removes what is older than its retention.</summary>
    public sealed class PurgeRequest : Request
    {
        /// <summary>Keep audit entries of this many days.</summary>
        public long? AuditDays { get; set; }

        /// <summary>Keep shares of this many days.</summary>
        public long? ShareDays { get; set; }

        /// <summary>Keep what came with enrolments for so many days after they ended.</summary>
        public long? EnrollmentDays { get; set; }

        /// <summary>
        /// Keep bulk jobs for so many days after they came to their last row; what they wrote stays.
        /// </summary>
        public long? BatchDays { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("auditDays", AuditDays);
            json.Add("shareDays", ShareDays);
            json.Add("enrollmentDays", EnrollmentDays);
            json.Add("batchDays", BatchDays);
            base.WriteTo(json);
        }
    }
}
