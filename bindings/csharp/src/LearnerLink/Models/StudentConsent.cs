// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A consent.</summary>
    public sealed class StudentConsent : RequestPart
    {
        /// <summary>For what the district has agreed; the student's own service when absent.</summary>
        public long? DistrictServiceId { get; set; }

        /// <summary>The first day. Required.</summary>
        public string StartDate { get; set; }

        /// <summary>The last day. Required.</summary>
        public string EndDate { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("districtServiceId", DistrictServiceId);
            json.Add("startDate", StartDate);
            json.Add("endDate", EndDate);
        }
    }
}
