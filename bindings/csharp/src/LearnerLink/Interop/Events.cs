using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace LearnerLink.Interop
{
    /// <summary>The thread that waits for all operations of asynchronous calls, with a completion queue.</summary>
    /// <remarks>
    /// Nothing ever calls back from the library: one background thread pulls the ends of operations and completes
    /// tasks. It starts with the first asynchronous call and ends with the last plugin, so that an idle process
    /// keeps no thread of ours and a server can unload us.
    /// </remarks>
    internal sealed class Events
    {
        private const uint PullMs = 1000;

        private static readonly object Gate = new object();
        private static Events current;
        private static bool leaves;

        private readonly long queue = Native.QueueOpen();
        private readonly ConcurrentDictionary<ulong, Wait> waiting = new ConcurrentDictionary<ulong, Wait>();
        private ulong lastTag;

        private Events()
        {
            new Thread(Run) { Name = "learnerlink-events", IsBackground = true }.Start();
        }

        /// <summary>Completes the source once the operation has ended, however it did.</summary>
        internal static void Watch(long op, TaskCompletionSource<bool> ended)
        {
            lock (Gate)
            {
                if (NativeHandle.Live == 0)
                {
                    // The plugin was closed on another thread since the operation was started.
                    ended.TrySetCanceled();
                    return;
                }
                try
                {
                    Start().Enqueue(op, ended);
                }
                catch (OperationCanceledException)
                {
                    // A shutdown has closed the queue, which its thread is about to find out.
                    Stop();
                    Start().Enqueue(op, ended);
                }
            }
        }

        /// <summary>Tells that a plugin was closed; the last one ends the thread, without waiting for it.</summary>
        internal static void Left()
        {
            lock (Gate)
            {
                if (NativeHandle.Live == 0)
                {
                    Stop();
                }
            }
        }

        private static Events Start()
        {
            if (!leaves)
            {
                // A domain is not unloaded, nor does a process end, while a thread of theirs is in the library.
                AppDomain.CurrentDomain.DomainUnload += (sender, arguments) => End();
                AppDomain.CurrentDomain.ProcessExit += (sender, arguments) => End();
                leaves = true;
            }
            return current ?? (current = new Events());
        }

        private static void End()
        {
            lock (Gate)
            {
                Events last = current;
                Stop();
                if (last != null)
                {
                    // The tasks that would close these run no more.
                    foreach (Wait wait in last.waiting.Values)
                    {
                        Native.Close(wait.Op);
                    }
                }
            }
        }

        private static void Stop()
        {
            if (current != null)
            {
                Native.Close(current.queue);
                current = null;
            }
        }

        private void Enqueue(long op, TaskCompletionSource<bool> ended)
        {
            ulong tag = ++lastTag;
            // Kept before the operation is enqueued, since its end may come at once.
            waiting[tag] = new Wait(op, ended);
            try
            {
                Native.OpEnqueue(op, queue, tag);
            }
            catch
            {
                waiting.TryRemove(tag, out Wait _);
                throw;
            }
        }

        private void Run()
        {
            while (true)
            {
                int status = Native.QueueNext(queue, PullMs, out ulong tag);
                if (status == Status.Ok)
                {
                    if (waiting.TryRemove(tag, out Wait wait))
                    {
                        wait.Ended.TrySetResult(true);
                    }
                }
                else if (status != Status.TimedOut)
                {
                    break;
                }
                else
                {
                    // The last plugin may have gone by its finalizer, which tells nobody.
                    Left();
                }
            }
            // Closed by the last plugin's end, or by a shutdown, after which there may be plugins again.
            lock (Gate)
            {
                if (current == this)
                {
                    Stop();
                }
            }
            // What has not ended now never will.
            foreach (Wait left in waiting.Values)
            {
                left.Ended.TrySetCanceled();
            }
        }

        private sealed class Wait
        {
            internal readonly long Op;
            internal readonly TaskCompletionSource<bool> Ended;

            internal Wait(long op, TaskCompletionSource<bool> ended)
            {
                Op = op;
                Ended = ended;
            }
        }
    }
}
