package io.github.learnerlink.internal;

import io.github.learnerlink.LearnerLinkLogSink;
import io.github.learnerlink.LearnerLinkLogSink.Level;
import java.util.Locale;

/** The thread that pulls the library's log, while there is somebody to take it. */
public final class Log {
    private static final int PULL_MS = 1000;
    private static final Object LOCK = new Object();
    private static Log current;

    private final LearnerLinkLogSink sink;
    private final Thread thread;
    private volatile boolean stopping;

    private Log(LearnerLinkLogSink sink) {
        this.sink = sink;
        thread = Threads.start("learnerlink-log", this::run);
    }

    /**
     * Changes who takes the log, and waits up to two seconds for the line under way.
     *
     * @param sink who; null for nobody
     */
    public static void set(LearnerLinkLogSink sink) {
        synchronized (LOCK) {
            if (current != null) {
                current.end();
            }
            current = sink == null ? null : new Log(sink);
        }
    }

    private void end() {
        stopping = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(2000);
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            String line = Native.logNext(PULL_MS);
            if (line != null) {
                hand(sink, line);
            }
        }
    }

    /** Hands over one line; a sink that fails does not end the log. */
    static void hand(LearnerLinkLogSink sink, String line) {
        try {
            Fields fields = Fields.parse(line);
            String message = fields.text("message");
            sink.log(level(fields.text("level")), message == null ? "" : message, line);
        } catch (RuntimeException failed) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failed);
        }
    }

    private static Level level(String word) {
        try {
            return Level.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException ofANewerLibrary) {
            return Level.INFO;
        }
    }
}
