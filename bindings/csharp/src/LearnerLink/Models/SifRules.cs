// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The rules; instead of <c>path</c>.</summary>
    public sealed class SifRules : RequestPart
    {
        /// <summary>Organisations that may ask.</summary>
        public IEnumerable<AuthorizedEntity> AuthorizedEntities { get; set; }

        /// <summary>Their services.</summary>
        public IEnumerable<ExternalService> ExternalServices { get; set; }

        /// <summary>What a district has agreed with a service.</summary>
        public IEnumerable<DistrictService> DistrictServices { get; set; }

        /// <summary>Students, each for a service of their district.</summary>
        public IEnumerable<StudentRules> Students { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("authorizedEntities", AuthorizedEntities);
            json.Add("externalServices", ExternalServices);
            json.Add("districtServices", DistrictServices);
            json.Add("students", Students);
        }
    }
}
