// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Asks for a student's record, as far as the asking service may see it.</summary>
    public sealed class GetXsreRequest : Request
    {
        /// <summary>The district's id of the student. Required.</summary>
        public string StudentId { get; set; }

        /// <summary>The organisation that asks, by its number at the exchange. Required.</summary>
        public long? AuthorizedEntityId { get; set; }

        /// <summary>The service that asks, by its number at the exchange. Required.</summary>
        public long? ExternalServiceId { get; set; }

        /// <summary>The person who asks, by their number at the exchange.</summary>
        public long? PersonnelId { get; set; }

        /// <summary>The zone of the district; <c>sif.zoneId</c> of the configuration when absent.</summary>
        public string ZoneId { get; set; }

        /// <summary>The context; <c>sif.contextId</c> of the configuration when absent.</summary>
        public string ContextId { get; set; }

        /// <summary>
        /// The forms to answer with; all when absent. Any of <c>xml</c>, <c>json</c>, <c>summary</c>.
        /// </summary>
        public IEnumerable<string> Formats { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("studentId", StudentId);
            json.Add("authorizedEntityId", AuthorizedEntityId);
            json.Add("externalServiceId", ExternalServiceId);
            json.Add("personnelId", PersonnelId);
            json.Add("zoneId", ZoneId);
            json.Add("contextId", ContextId);
            json.Add("formats", Formats);
            base.WriteTo(json);
        }
    }
}
