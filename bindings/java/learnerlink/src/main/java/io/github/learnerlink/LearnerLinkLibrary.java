package io.github.learnerlink;

import io.github.learnerlink.internal.Fields;
import io.github.learnerlink.internal.Log;
import io.github.learnerlink.internal.Native;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The native library as a whole: where it is, what it knows and counts, its log and its end. */
public final class LearnerLinkLibrary {
    private LearnerLinkLibrary() {}

    /**
     * Says where the native library is, instead of the property {@code learnerlink.library.path}, the environment
     * variable {@code LEARNERLINK_LIBRARY_PATH} and the jar. Call it before anything else.
     *
     * @param path the file or its folder
     * @throws LearnerLinkUsageException if a library is loaded already
     */
    public static void setPath(Path path) {
        Native.setPath(path.toString());
    }

    /**
     * Loads the native library if need be and tells which one it is.
     *
     * @return what is loaded
     * @throws LearnerLinkNativeLibraryException if it cannot be loaded; it says what was tried and what to do
     */
    public static LibraryInfo info() {
        return Native.info();
    }

    /**
     * The catalogue: versions, operations with their schemas and outcomes, and all errors.
     *
     * @return texts, numbers, truth values, lists and maps by their keys
     */
    public static Map<String, Object> describe() {
        return Fields.parse(Native.describe()).toMap();
    }

    /**
     * Counters of the process, among them open handles by kind; those of a plugin are {@link Plugin#stats()}.
     *
     * @return texts, numbers, truth values, lists and maps by their keys
     */
    public static Map<String, Object> stats() {
        return Fields.parse(Native.stats(0)).toMap();
    }

    /**
     * Hands the lines of the library's log to a sink from now on, on a thread of their own. What the library logs is
     * up to {@code log.level} of the configuration; by default its own defects alone.
     *
     * @param sink the sink; null leaves the log alone again, after waiting up to two seconds for the line under way
     */
    public static void setLogSink(LearnerLinkLogSink sink) {
        Log.set(sink);
    }

    /**
     * Cancels all work of the library in this process and waits for it to end. Plugins that are open refuse new work
     * afterwards; new ones may be opened.
     *
     * @param timeout how long to wait
     * @throws LearnerLinkTimeoutException if something did not end in time; {@code details} names it
     */
    public static void shutdown(Duration timeout) {
        Native.shutdown((int) Math.max(0, Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
    }
}
