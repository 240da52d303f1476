// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Adds or changes a provider and its credentials, which are sealed.</summary>
    public sealed class PutProfileRequest : Request
    {
        /// <summary>What people call the organisation; learners may be shown it. Required.</summary>
        public string DisplayName { get; set; }

        /// <summary>Credential for DfE View Education Record.</summary>
        public VeraCredential Vera { get; set; }

        /// <summary>Credential for the Learning Records Service.</summary>
        public LrsCredential Lrs { get; set; }

        /// <summary>Credential for a gateway to the Learning Records Service.</summary>
        public LrsGatewayCredential LrsGateway { get; set; }

        /// <summary>Credential for SIF Student Record Exchange.</summary>
        public SifCredential Sif { get; set; }

        /// <summary>Credential for the subscription receiver of student-mobility enrolment.</summary>
        public EnrollmentCredential Enrollment { get; set; }

        /// <summary>Credential for the systems of linkage-key suppliers.</summary>
        public LinkageCredential Linkage { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("displayName", DisplayName);
            json.Add("vera", Vera);
            json.Add("lrs", Lrs);
            json.Add("lrsGateway", LrsGateway);
            json.Add("sif", Sif);
            json.Add("enrollment", Enrollment);
            json.Add("linkage", Linkage);
            base.WriteTo(json);
        }
    }
}
