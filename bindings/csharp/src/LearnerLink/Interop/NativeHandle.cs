using System;
using System.Runtime.ConstrainedExecution;
using System.Threading;

namespace LearnerLink.Interop
{
    /// <summary>A plugin's handle: a 64-bit integer that is closed once, by its owner or by the collector.</summary>
    /// <remarks>A <c>SafeHandle</c> holds no 64 bits in a 32-bit process.</remarks>
    internal sealed class NativeHandle : CriticalFinalizerObject
    {
        private static int live;

        private long number;

        internal NativeHandle(long number)
        {
            this.number = number;
            Interlocked.Increment(ref live);
        }

        ~NativeHandle()
        {
            Take();
        }

        /// <summary>How many plugins are open in this application domain.</summary>
        internal static int Live
        {
            get { return Volatile.Read(ref live); }
        }

        internal bool IsClosed
        {
            get { return Interlocked.Read(ref number) == 0; }
        }

        /// <summary>The number for a call, after which the caller keeps this object alive.</summary>
        internal long Number
        {
            get
            {
                long open = Interlocked.Read(ref number);
                return open != 0 ? open : throw new ObjectDisposedException(nameof(Plugin));
            }
        }

        internal void Close()
        {
            if (Take())
            {
                // In this order, so that the queue still hands out what the plugin's end cancels.
                Events.Left();
            }
            GC.SuppressFinalize(this);
        }

        private bool Take()
        {
            long open = Interlocked.Exchange(ref number, 0);
            if (open == 0)
            {
                return false;
            }
            Native.Close(open);
            Interlocked.Decrement(ref live);
            return true;
        }
    }
}
