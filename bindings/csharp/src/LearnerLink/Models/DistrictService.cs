// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>What a district has agreed with a service.</summary>
    public sealed class DistrictService : RequestPart
    {
        /// <summary>Its number. Required.</summary>
        public long? Id { get; set; }

        /// <summary>The district's zone. Required.</summary>
        public string ZoneId { get; set; }

        /// <summary>The service's number. Required.</summary>
        public long? ExternalServiceId { get; set; }

        /// <summary>The first day; without one nothing is shown.</summary>
        public string InitiationDate { get; set; }

        /// <summary>The last day; without one nothing is shown.</summary>
        public string ExpirationDate { get; set; }

        /// <summary>Whether a person must be named who asks.</summary>
        public bool? RequiresPersonnel { get; set; }

        /// <summary>The numbers of the people who work for the service.</summary>
        public IEnumerable<long> Personnel { get; set; }

        /// <summary>What may be shown.</summary>
        public IEnumerable<NamedDataObjectFilter> DataObjects { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("id", Id);
            json.Add("zoneId", ZoneId);
            json.Add("externalServiceId", ExternalServiceId);
            json.Add("initiationDate", InitiationDate);
            json.Add("expirationDate", ExpirationDate);
            json.Add("requiresPersonnel", RequiresPersonnel);
            json.Add("personnel", Personnel);
            json.Add("dataObjects", DataObjects);
        }
    }
}
