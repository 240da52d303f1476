using System;
using System.Runtime.InteropServices;

namespace LearnerLink.Interop
{
    /// <summary>The functions of the native library that are used here, as the header declares them.</summary>
    /// <remarks>
    /// Integers and pointers only. A field's name is that of its function. The functions named after operations
    /// are not here, since operations are started by name.
    /// </remarks>
    internal sealed unsafe class NativeMethods
    {
        internal readonly VersionFunction Version;
        internal readonly AbiVersionFunction AbiVersion;
        internal readonly DescribeFunction Describe;
        internal readonly OpenFunction Open;
        internal readonly CloseFunction Close;
        internal readonly StatsFunction Stats;
        internal readonly LogNextFunction LogNext;
        internal readonly ShutdownFunction Shutdown;
        internal readonly TextCopyFunction TextCopy;
        internal readonly ErrorJsonFunction ErrorJson;
        internal readonly StartFunction Start;
        internal readonly OpWaitFunction OpWait;
        internal readonly OpCancelFunction OpCancel;
        internal readonly OpResultFunction OpResult;
        internal readonly QueueOpenFunction QueueOpen;
        internal readonly OpEnqueueFunction OpEnqueue;
        internal readonly QueueNextFunction QueueNext;

        /// <summary>Binds every function of a library that was loaded.</summary>
        /// <param name="find">Gives the address of a function, or throws.</param>
        internal NativeMethods(Func<string, IntPtr> find)
        {
            Version = Bind<VersionFunction>(find, "learnerlink_version");
            AbiVersion = Bind<AbiVersionFunction>(find, "learnerlink_abi_version");
            Describe = Bind<DescribeFunction>(find, "learnerlink_describe");
            Open = Bind<OpenFunction>(find, "learnerlink_open");
            Close = Bind<CloseFunction>(find, "learnerlink_close");
            Stats = Bind<StatsFunction>(find, "learnerlink_stats");
            LogNext = Bind<LogNextFunction>(find, "learnerlink_log_next");
            Shutdown = Bind<ShutdownFunction>(find, "learnerlink_shutdown");
            TextCopy = Bind<TextCopyFunction>(find, "learnerlink_text_copy");
            ErrorJson = Bind<ErrorJsonFunction>(find, "learnerlink_error_json");
            Start = Bind<StartFunction>(find, "learnerlink_start");
            OpWait = Bind<OpWaitFunction>(find, "learnerlink_op_wait");
            OpCancel = Bind<OpCancelFunction>(find, "learnerlink_op_cancel");
            OpResult = Bind<OpResultFunction>(find, "learnerlink_op_result");
            QueueOpen = Bind<QueueOpenFunction>(find, "learnerlink_queue_open");
            OpEnqueue = Bind<OpEnqueueFunction>(find, "learnerlink_op_enqueue");
            QueueNext = Bind<QueueNextFunction>(find, "learnerlink_queue_next");
        }

        internal static T Bind<T>(Func<string, IntPtr> find, string name)
        {
            return Marshal.GetDelegateForFunctionPointer<T>(find(name));
        }

        // `Winapi` is stdcall on 32-bit Windows, as the library is there, and that of C everywhere else.
        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate IntPtr VersionFunction();

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate uint AbiVersionFunction();

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int DescribeFunction(out long text, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int OpenFunction(byte* config, out long plugin, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int CloseFunction(long handle);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int StatsFunction(long plugin, out long text, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int LogNextFunction(uint timeoutMs, out long text);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int ShutdownFunction(uint timeoutMs, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int TextCopyFunction(long text, byte* buffer, ulong capacity, out ulong length);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int ErrorJsonFunction(long error, out long text);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int StartFunction(long plugin, byte* operation, byte* request, out long op, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int OpWaitFunction(long op, uint timeoutMs, out int state, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int OpCancelFunction(long op);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int OpResultFunction(long op, out long text, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int QueueOpenFunction(out long queue, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int OpEnqueueFunction(long op, long queue, ulong tag, out long error);

        [UnmanagedFunctionPointer(CallingConvention.Winapi)]
        internal delegate int QueueNextFunction(long queue, uint timeoutMs, out ulong tag, out int state);
    }
}
