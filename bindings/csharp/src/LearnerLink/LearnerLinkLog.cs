using System;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The library's log. What it says is up to <c>log.level</c> of the configuration.</summary>
    public static class LearnerLinkLog
    {
        private static readonly object Gate = new object();
        private static volatile LogPump pump;

        /// <summary>
        /// Takes the lines of the log, one after the other, on a thread of its own that runs only while this is set. What
        /// it throws is ignored. To set it to null waits up to two seconds for the line under way.
        /// </summary>
        public static Action<LogLine> Sink
        {
            get
            {
                return pump?.Sink;
            }

            set
            {
                lock (Gate)
                {
                    pump?.Stop();
                    pump = value == null ? null : new LogPump(value);
                }
            }
        }
    }
}
