package io.github.learnerlink.internal;

import io.github.learnerlink.LearnerLinkUsageException;
import io.github.learnerlink.LibraryInfo;
import io.github.learnerlink.Status;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;

/** The native library's functions with texts as strings and failures as exceptions. */
public final class Native {
    private static final int BUFFER = 4096;
    private static final Object LOCK = new Object();
    private static volatile Loader.Loaded loaded;
    private static String configured;

    private Native() {}

    /**
     * Says where the library is, instead of everything else.
     *
     * @param path a file or its folder
     */
    public static void setPath(String path) {
        synchronized (LOCK) {
            if (loaded != null) {
                throw new LearnerLinkUsageException(
                        loaded.info.path() + " is loaded already", 0, "ALREADY_LOADED", "", "");
            }
            configured = path;
        }
    }

    /**
     * Loads the library if need be.
     *
     * @return what is loaded
     */
    public static LibraryInfo info() {
        return loaded().info;
    }

    private static Backend backend() {
        return loaded().backend;
    }

    private static Loader.Loaded loaded() {
        Loader.Loaded found = loaded;
        if (found == null) {
            synchronized (LOCK) {
                if (loaded == null) {
                    loaded = Loader.load(chosen());
                }
                found = loaded;
            }
        }
        return found;
    }

    private static String chosen() {
        String[] places = {
            configured, System.getProperty("learnerlink.library.path"), System.getenv("LEARNERLINK_LIBRARY_PATH")
        };
        for (String place : places) {
            if (place != null && !place.isEmpty()) {
                return place;
            }
        }
        return null;
    }

    // Texts

    /** The text as UTF-8 with a NUL at its end; refused when that would change or cut it. */
    private static byte[] bytes(String text, String what) {
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException half) {
            throw refused(what + " has a surrogate without its other half");
        }
        if (text.indexOf('\0') >= 0) {
            throw refused(what + " has a NUL character");
        }
        byte[] bytes = new byte[encoded.remaining() + 1];
        encoded.get(bytes, 0, bytes.length - 1);
        return bytes;
    }

    static LearnerLinkUsageException refused(String message) {
        return new LearnerLinkUsageException(message, Status.INVALID_UTF8.number(), Status.INVALID_UTF8.name(), "", "");
    }

    private static String take(long text) {
        long[] length = new long[1];
        byte[] buffer = new byte[BUFFER];
        try {
            int status = backend().textCopy(text, buffer, buffer.length, length);
            if (status == Status.BUFFER_TOO_SMALL.number()) {
                buffer = new byte[Math.toIntExact(length[0] + 1)];
                status = backend().textCopy(text, buffer, buffer.length, length);
            }
            check(status, 0);
            return new String(buffer, 0, (int) length[0], StandardCharsets.UTF_8);
        } finally {
            close(text);
        }
    }

    private static void check(int status, long error) {
        if (status != Status.OK.number()) {
            throw Failures.of(status, error == 0 ? "" : errorJson(error));
        }
    }

    private static String errorJson(long error) {
        long[] text = new long[1];
        try {
            return backend().errorJson(error, text) == Status.OK.number() ? take(text[0]) : "";
        } finally {
            close(error);
        }
    }

    // Functions

    /**
     * Opens a plugin.
     *
     * @param config its configuration
     * @return its handle
     */
    public static long open(String config) {
        byte[] text = bytes(config, "the configuration");
        long[] plugin = new long[1];
        long[] error = new long[1];
        check(backend().open(text, plugin, error), error[0]);
        return plugin[0];
    }

    /**
     * Ends a handle of any kind; never blocks.
     *
     * @param handle the handle
     */
    public static void close(long handle) {
        backend().close(handle);
    }

    /**
     * The catalogue of operations.
     *
     * @return JSON
     */
    public static String describe() {
        long[] text = new long[1];
        long[] error = new long[1];
        check(backend().describe(text, error), error[0]);
        return take(text[0]);
    }

    /**
     * Counters.
     *
     * @param plugin the plugin whose to include; 0 for those of the process alone
     * @return JSON
     */
    public static String stats(long plugin) {
        long[] text = new long[1];
        long[] error = new long[1];
        check(backend().stats(plugin, text, error), error[0]);
        return take(text[0]);
    }

    /**
     * Ends all work in this process.
     *
     * @param timeoutMs how long to wait for it
     */
    public static void shutdown(int timeoutMs) {
        long[] error = new long[1];
        check(backend().shutdown(timeoutMs, error), error[0]);
    }

    /**
     * The next line of the log.
     *
     * @param timeoutMs how long to wait for one
     * @return JSON, or null when none came in time
     */
    public static String logNext(int timeoutMs) {
        long[] text = new long[1];
        return backend().logNext(timeoutMs, text) == Status.OK.number() ? take(text[0]) : null;
    }

    /**
     * Starts an operation.
     *
     * @param plugin    the plugin
     * @param operation the operation's name
     * @param request   its request as JSON
     * @return the operation's handle
     */
    public static long start(long plugin, String operation, String request) {
        byte[] text = bytes(request, "the request");
        long[] op = new long[1];
        long[] error = new long[1];
        check(backend().start(plugin, bytes(operation, "the operation"), text, op, error), error[0]);
        return op[0];
    }

    /**
     * Waits for an operation.
     *
     * @param op        the operation
     * @param timeoutMs how long
     * @return whether it has ended
     */
    public static boolean opWait(long op, int timeoutMs) {
        int[] state = new int[1];
        long[] error = new long[1];
        check(backend().opWait(op, timeoutMs, state, error), error[0]);
        return state[0] != Constants.OP_STATE_RUNNING;
    }

    /**
     * The response of an operation that has ended.
     *
     * @param op the operation
     * @return the response as JSON
     * @throws CancellationException if it was cancelled, or its plugin closed
     */
    public static String opResult(long op) {
        long[] text = new long[1];
        long[] error = new long[1];
        check(backend().opResult(op, text, error), error[0]);
        return take(text[0]);
    }

    /**
     * Opens a completion queue.
     *
     * @return its handle
     */
    static long queueOpen() {
        long[] queue = new long[1];
        long[] error = new long[1];
        check(backend().queueOpen(queue, error), error[0]);
        return queue[0];
    }

    /** Has the queue hand out the tag once the operation has ended. */
    static void opEnqueue(long op, long queue, long tag) {
        long[] error = new long[1];
        check(backend().opEnqueue(op, queue, tag, error), error[0]);
    }

    /** The next tag of a queue, with the status of the wait as result. */
    static int queueNext(long queue, int timeoutMs, long[] tag) {
        return backend().queueNext(queue, timeoutMs, tag, new int[1]);
    }
}
