using System;

namespace LearnerLink
{
    /// <summary>How to wait for a learner.</summary>
    public sealed class WaitOptions
    {
        /// <summary>For how long to wait; then the state is still pending. Null waits until the share itself ends.</summary>
        public TimeSpan? Timeout { get; set; }

        /// <summary>Who is asking, as the host knows them; goes to the audit trail.</summary>
        public string User { get; set; }

        /// <summary>The host's own reference for this call; goes to the audit trail.</summary>
        public string TraceId { get; set; }
    }
}
