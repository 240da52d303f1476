// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>What every operation may be asked with.</summary>
    public abstract class Request : RequestPart
    {
        internal Request()
        {
        }

        /// <summary>The provider on whose behalf the call is made, by its UKPRN.</summary>
        public string Ukprn { get; set; }

        /// <summary>
        /// The provider or other organisation on whose behalf the call is made, by its profile's name; instead of
        /// <c>ukprn</c>.
        /// </summary>
        public string Profile { get; set; }

        /// <summary>
        /// Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
        /// service.
        /// </summary>
        public string User { get; set; }

        /// <summary>The host's own reference for this call; goes to the audit trail.</summary>
        public string TraceId { get; set; }

        /// <summary>
        /// How long the operation may take, in milliseconds; <c>timeouts.operationMs</c> when absent.
        /// </summary>
        public long? TimeoutMs { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("ukprn", Ukprn);
            json.Add("profile", Profile);
            json.Add("user", User);
            json.Add("traceId", TraceId);
            json.Add("timeoutMs", TimeoutMs);
        }
    }
}
