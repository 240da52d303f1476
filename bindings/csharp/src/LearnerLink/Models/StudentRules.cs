// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A student for a service of their district.</summary>
    public sealed class StudentRules : RequestPart
    {
        /// <summary>The district's id of the student. Required.</summary>
        public string DistrictStudentId { get; set; }

        /// <summary>The number of what the district has agreed with the service. Required.</summary>
        public long? DistrictServiceId { get; set; }

        /// <summary>What the student has consented to.</summary>
        public IEnumerable<StudentConsent> Consents { get; set; }

        /// <summary>The numbers of the people who are assigned to the student.</summary>
        public IEnumerable<long> Personnel { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("districtStudentId", DistrictStudentId);
            json.Add("districtServiceId", DistrictServiceId);
            json.Add("consents", Consents);
            json.Add("personnel", Personnel);
        }
    }
}
