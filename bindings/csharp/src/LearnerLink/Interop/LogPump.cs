using System;
using System.Threading;

namespace LearnerLink.Interop
{
    /// <summary>The thread that pulls the library's log for a host that asked for it.</summary>
    internal sealed class LogPump
    {
        private const uint PullMs = 1000;

        private readonly Action<LogLine> sink;
        private readonly Thread thread;
        private volatile bool stopping;

        internal LogPump(Action<LogLine> sink)
        {
            this.sink = sink;
            thread = new Thread(Run) { Name = "learnerlink-log", IsBackground = true };
            thread.Start();
        }

        internal Action<LogLine> Sink
        {
            get { return sink; }
        }

        /// <summary>Ends the thread after the line under way, for which it waits up to two seconds.</summary>
        internal void Stop()
        {
            stopping = true;
            if (thread != Thread.CurrentThread)
            {
                thread.Join(2000);
            }
        }

        private void Run()
        {
            while (!stopping)
            {
                string line = Native.LogNext(PullMs);
                if (line != null)
                {
                    Hand(line);
                }
            }
        }

        private void Hand(string line)
        {
            try
            {
                sink(new LogLine(line));
            }
            catch (Exception)
            {
                // A log must not end its host, which an exception on this thread would.
            }
        }
    }
}
