package io.github.learnerlink.internal;

import io.github.learnerlink.Status;
import io.github.learnerlink.internal.Calls.Pending;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The thread that waits for operations on behalf of futures, with the library's completion queue. It starts with the
 * first asynchronous call and ends with the last plugin, so that an idle process keeps no thread of ours.
 */
final class Events {
    private static final int PULL_MS = 1000;
    private static final Object LOCK = new Object();
    private static Events current;

    private final Map<Long, Pending<?>> waiting = new ConcurrentHashMap<>();
    private final long queue = Native.queueOpen();
    private final Thread hook = Threads.make("learnerlink-exit", this::exit);
    private final Thread thread;
    private long lastTag;
    private boolean ended;

    private Events() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // Then a thread more or less does not matter.
        }
        thread = Threads.start("learnerlink-events", this::run);
    }

    /** Has a future completed once its operation has ended, however it did. */
    static void watch(Pending<?> pending) {
        while (true) {
            Events events;
            synchronized (LOCK) {
                if (pending.plugin.isClosed()) {
                    break;
                }
                if (current == null) {
                    current = new Events();
                }
                events = current;
            }
            if (events.enqueue(pending)) {
                return;
            }
            // Its queue was closed by a shutdown, after which there may be plugins again.
            forget(events);
        }
        pending.cancel();
    }

    /** Takes an operation over; false when the queue was closed, and the operation is still the caller's. */
    private boolean enqueue(Pending<?> pending) {
        long tag;
        // What the thread finds in the map when it ends was enqueued, and not left to the caller.
        synchronized (this) {
            if (ended) {
                return false;
            }
            tag = ++lastTag;
            // Kept before the operation is enqueued, since its end may come at once.
            waiting.put(tag, pending);
            try {
                Native.opEnqueue(pending.op, queue, tag);
            } catch (RuntimeException error) {
                // Unless closing the plugin has ended it already.
                if (waiting.remove(tag) != null) {
                    if (error instanceof CancellationException) {
                        return false;
                    }
                    throw error;
                }
            }
        }
        pending.whenCompleted(() -> {
            if (waiting.remove(tag) != null) {
                Native.close(pending.op);
            }
        });
        return true;
    }

    /** Ends all futures of a plugin that was closed. */
    static void cancelAllOf(PluginHandle plugin) {
        Events events;
        synchronized (LOCK) {
            events = current;
        }
        if (events != null) {
            events.cancelIf(plugin);
        }
    }

    private void cancelIf(PluginHandle plugin) {
        for (Map.Entry<Long, Pending<?>> entry : new ArrayList<>(waiting.entrySet())) {
            if ((plugin == null || entry.getValue().plugin == plugin) && waiting.remove(entry.getKey()) != null) {
                entry.getValue().cancel();
            }
        }
    }

    /** Has the thread end, without waiting for it. */
    static void stop() {
        synchronized (LOCK) {
            if (current != null) {
                Native.close(current.queue);
                current = null;
            }
        }
    }

    private static void forget(Events events) {
        synchronized (LOCK) {
            if (current == events) {
                Native.close(events.queue);
                current = null;
            }
        }
    }

    private void run() {
        long[] tag = new long[1];
        while (true) {
            int status = Native.queueNext(queue, PULL_MS, tag);
            if (status == Status.OK.number()) {
                Pending<?> pending = waiting.remove(tag[0]);
                if (pending != null) { // Otherwise it was cancelled and is nobody's any more.
                    pending.complete();
                }
            } else if (status != Status.TIMED_OUT.number()) {
                break;
            }
        }
        forget(this);
        synchronized (this) {
            ended = true;
        }
        // What has not ended now never will.
        cancelIf(null);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // Then it has run or is about to.
        }
    }

    private void exit() {
        forget(this);
        try {
            thread.join(2000);
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }
}
