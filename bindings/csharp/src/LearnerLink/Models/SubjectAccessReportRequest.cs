// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Gives all that the match register holds of a person.</summary>
    public sealed class SubjectAccessReportRequest : Request
    {
        /// <summary>The person. Required.</summary>
        public string PersonId { get; set; }

        /// <summary>Rows of this day and later, <c>YYYY-MM-DD</c> in UTC.</summary>
        public string FromDate { get; set; }

        /// <summary>Rows of this day and earlier, <c>YYYY-MM-DD</c> in UTC.</summary>
        public string ToDate { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("personId", PersonId);
            json.Add("fromDate", FromDate);
            json.Add("toDate", ToDate);
            base.WriteTo(json);
        }
    }
}
