using System;

namespace LearnerLink
{
    /// <summary>What can be waited for: a share, the answer of <c>RequestShare</c>, or a correlation id that was kept.</summary>
    /// <remarks>Each of them becomes one where it is needed; nobody makes it by hand.</remarks>
    public sealed class Waitable
    {
        // The library takes no longer wait. A share's own deadline comes sooner.
        private const long LongestWaitMs = 3600000;

        private readonly string correlationId;

        private Waitable(string correlationId)
        {
            this.correlationId = correlationId;
        }

        /// <summary>Waits for a share of pattern A.</summary>
        /// <param name="share">The share.</param>
        public static implicit operator Waitable(QrShare share)
        {
            return share == null ? null : new Waitable(share.CorrelationId);
        }

        /// <summary>Waits for a request that was sent to a learner's phone (pattern C).</summary>
        /// <param name="response">The answer of <c>RequestShare</c>.</param>
        public static implicit operator Waitable(RequestShareResponse response)
        {
            return response == null ? null : new Waitable(response.CorrelationId);
        }

        /// <summary>Waits with a correlation id that was kept.</summary>
        /// <param name="correlationId">The correlation id.</param>
        public static implicit operator Waitable(string correlationId)
        {
            return correlationId == null ? null : new Waitable(correlationId);
        }

        internal static PollLearnerDataRequest RequestOf(Waitable share, WaitOptions options)
        {
            if (share == null)
            {
                throw new ArgumentNullException(nameof(share));
            }
            if (share.correlationId == null)
            {
                throw new ArgumentException("this share has no correlation id to wait with", nameof(share));
            }
            double ms = options?.Timeout?.TotalMilliseconds ?? LongestWaitMs;
            return new PollLearnerDataRequest
            {
                CorrelationId = share.correlationId,
                WaitMs = (long)Math.Max(0, Math.Min(ms, LongestWaitMs)),
                User = options?.User,
                TraceId = options?.TraceId,
            };
        }
    }
}
