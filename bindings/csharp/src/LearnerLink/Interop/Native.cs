using System;
using System.Runtime.InteropServices;

namespace LearnerLink.Interop
{
    /// <summary>The functions of the library with texts for bytes and exceptions for statuses.</summary>
    internal static unsafe class Native
    {
        private const int BufferSize = 4096;

        [ThreadStatic]
        private static byte[] buffer;

        internal static long Open(string config)
        {
            NativeMethods calls = LibraryLoader.Methods;
            fixed (byte* text = Utf8.Terminated(config, "the configuration"))
            {
                Check(calls.Open(text, out long plugin, out long error), error);
                return plugin;
            }
        }

        /// <summary>Ends a handle of any kind; never blocks.</summary>
        internal static void Close(long handle)
        {
            LibraryLoader.Methods.Close(handle);
        }

        internal static string Describe()
        {
            Check(LibraryLoader.Methods.Describe(out long text, out long error), error);
            return Take(text);
        }

        internal static string Stats(long plugin)
        {
            Check(LibraryLoader.Methods.Stats(plugin, out long text, out long error), error);
            return Take(text);
        }

        internal static void Shutdown(uint timeoutMs)
        {
            Check(LibraryLoader.Methods.Shutdown(timeoutMs, out long error), error);
        }

        /// <summary>The next line of the log; null when none came in time.</summary>
        internal static string LogNext(uint timeoutMs)
        {
            int status = LibraryLoader.Methods.LogNext(timeoutMs, out long text);
            return status == Status.Ok ? Take(text) : null;
        }

        /// <summary>Starts an operation and returns its handle.</summary>
        internal static long Start(long plugin, string operation, string request)
        {
            fixed (byte* name = Utf8.Terminated(operation, "the operation"))
            fixed (byte* body = Utf8.Terminated(request, "the request"))
            {
                Check(LibraryLoader.Methods.Start(plugin, name, body, out long op, out long error), error);
                return op;
            }
        }

        /// <summary>Waits for an operation and tells whether it has ended.</summary>
        internal static bool OpWait(long op, uint timeoutMs)
        {
            Check(LibraryLoader.Methods.OpWait(op, timeoutMs, out int state, out long error), error);
            return state != OpState.Running;
        }

        internal static void OpCancel(long op)
        {
            LibraryLoader.Methods.OpCancel(op);
        }

        /// <summary>The response of an operation that has ended, or its error as an exception.</summary>
        internal static string OpResult(long op)
        {
            Check(LibraryLoader.Methods.OpResult(op, out long text, out long error), error);
            return Take(text);
        }

        internal static long QueueOpen()
        {
            Check(LibraryLoader.Methods.QueueOpen(out long queue, out long error), error);
            return queue;
        }

        /// <summary>Has the queue hand out the tag once the operation has ended.</summary>
        internal static void OpEnqueue(long op, long queue, ulong tag)
        {
            Check(LibraryLoader.Methods.OpEnqueue(op, queue, tag, out long error), error);
        }

        /// <summary>The next tag of a queue, with the status of the wait.</summary>
        internal static int QueueNext(long queue, uint timeoutMs, out ulong tag)
        {
            return LibraryLoader.Methods.QueueNext(queue, timeoutMs, out tag, out int _);
        }

        private static void Check(int status, long error)
        {
            if (status != Status.Ok)
            {
                throw Errors.Of(status, error == 0 ? "" : ErrorJson(error));
            }
        }

        private static string ErrorJson(long error)
        {
            try
            {
                int status = LibraryLoader.Methods.ErrorJson(error, out long text);
                return status == Status.Ok ? Take(text) : "";
            }
            finally
            {
                Close(error);
            }
        }

        /// <summary>A text of the library, which is closed.</summary>
        private static string Take(long text)
        {
            try
            {
                byte[] target = buffer ?? (buffer = new byte[BufferSize]);
                int status = Copy(text, target, out ulong length);
                if (status == Status.BufferTooSmall)
                {
                    // Of its own size, so that a thread does not keep a large record's worth of memory.
                    target = new byte[checked((int)length + 1)];
                    status = Copy(text, target, out length);
                }
                Check(status, 0);
                return Utf8.Strict.GetString(target, 0, (int)length);
            }
            finally
            {
                Close(text);
            }
        }

        private static int Copy(long text, byte[] target, out ulong length)
        {
            fixed (byte* bytes = target)
            {
                return LibraryLoader.Methods.TextCopy(text, bytes, (ulong)target.Length, out length);
            }
        }
    }
}
