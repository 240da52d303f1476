package io.github.learnerlink;

/** Takes the lines of the library's log; see {@link LearnerLinkLibrary#setLogSink}. */
@FunctionalInterface
public interface LearnerLinkLogSink {
    /** How much a line matters. */
    enum Level {
        /** A defect of the library. */
        ERROR,
        /** Something that somebody should look at. */
        WARN,
        /** What the library does. */
        INFO,
        /** How it does it. */
        DEBUG,
        /** Everything. */
        TRACE
    }

    /**
     * Takes a line, on a thread of the binding's own; what it throws goes to that thread's handler of uncaught
     * exceptions.
     *
     * @param level   how much it matters; {@code INFO} for one that a newer library has added
     * @param message what happened
     * @param rawJson the whole line as it came, with time, target and fields
     */
    void log(Level level, String message, String rawJson);
}
