package io.github.learnerlink.internal;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Collections;
import java.util.Map;

/** The functions through JNA's direct mapping, which every supported version of Java can do. */
final class JnaBackend implements Backend {
    private final NativeLibrary library;

    /** Loads the file. Fails with {@link LinkageError} and the system's reason. */
    JnaBackend(String path) {
        library = NativeLibrary.getInstance(path, options());
    }

    private static Map<String, Object> options() {
        // On 32-bit Windows the library is stdcall.
        return Platform.rid().equals("win-x86")
                ? Collections.singletonMap(Library.OPTION_CALLING_CONVENTION, Function.ALT_CONVENTION)
                : Collections.emptyMap();
    }

    @Override
    public String name() {
        return "jna";
    }

    @Override
    public int abiVersion() {
        return library.getFunction("learnerlink_abi_version").invokeInt(new Object[0]);
    }

    @Override
    public String version() {
        Pointer text = library.getFunction("learnerlink_version").invokePointer(new Object[0]);
        return text.getString(0, "UTF-8");
    }

    @Override
    public void bind() {
        Native.register(Functions.class, library);
    }

    @Override
    public int describe(long[] text, long[] error) {
        return Functions.learnerlink_describe(text, error);
    }

    @Override
    public int open(byte[] config, long[] plugin, long[] error) {
        return Functions.learnerlink_open(config, plugin, error);
    }

    @Override
    public int close(long handle) {
        return Functions.learnerlink_close(handle);
    }

    @Override
    public int stats(long plugin, long[] text, long[] error) {
        return Functions.learnerlink_stats(plugin, text, error);
    }

    @Override
    public int logNext(int timeoutMs, long[] text) {
        return Functions.learnerlink_log_next(timeoutMs, text);
    }

    @Override
    public int shutdown(int timeoutMs, long[] error) {
        return Functions.learnerlink_shutdown(timeoutMs, error);
    }

    @Override
    public int textCopy(long text, byte[] buffer, long capacity, long[] length) {
        return Functions.learnerlink_text_copy(text, buffer, capacity, length);
    }

    @Override
    public int errorJson(long error, long[] text) {
        return Functions.learnerlink_error_json(error, text);
    }

    @Override
    public int start(long plugin, byte[] operation, byte[] request, long[] op, long[] error) {
        return Functions.learnerlink_start(plugin, operation, request, op, error);
    }

    @Override
    public int opWait(long op, int timeoutMs, int[] state, long[] error) {
        return Functions.learnerlink_op_wait(op, timeoutMs, state, error);
    }

    @Override
    public int opCancel(long op) {
        return Functions.learnerlink_op_cancel(op);
    }

    @Override
    public int opResult(long op, long[] text, long[] error) {
        return Functions.learnerlink_op_result(op, text, error);
    }

    @Override
    public int queueOpen(long[] queue, long[] error) {
        return Functions.learnerlink_queue_open(queue, error);
    }

    @Override
    public int opEnqueue(long op, long queue, long tag, long[] error) {
        return Functions.learnerlink_op_enqueue(op, queue, tag, error);
    }

    @Override
    public int queueNext(long queue, int timeoutMs, long[] tag, int[] state) {
        return Functions.learnerlink_queue_next(queue, timeoutMs, tag, state);
    }

    /** The functions under their own names, as JNA looks for them. */
    static final class Functions {
        private Functions() {}

        static native int learnerlink_describe(long[] text, long[] error);

        static native int learnerlink_open(byte[] config, long[] plugin, long[] error);

        static native int learnerlink_close(long handle);

        static native int learnerlink_stats(long plugin, long[] text, long[] error);

        static native int learnerlink_log_next(int timeoutMs, long[] text);

        static native int learnerlink_shutdown(int timeoutMs, long[] error);

        static native int learnerlink_text_copy(long text, byte[] buffer, long capacity, long[] length);

        static native int learnerlink_error_json(long error, long[] text);

        static native int learnerlink_start(long plugin, byte[] operation, byte[] request, long[] op, long[] error);

        static native int learnerlink_op_wait(long op, int timeoutMs, int[] state, long[] error);

        static native int learnerlink_op_cancel(long op);

        static native int learnerlink_op_result(long op, long[] text, long[] error);

        static native int learnerlink_queue_open(long[] queue, long[] error);

        static native int learnerlink_op_enqueue(long op, long queue, long tag, long[] error);

        static native int learnerlink_queue_next(long queue, int timeoutMs, long[] tag, int[] state);
    }
}
