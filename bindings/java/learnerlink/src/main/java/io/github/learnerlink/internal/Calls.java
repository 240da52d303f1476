package io.github.learnerlink.internal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Carries out operations in the blocking and in the asynchronous form. */
public final class Calls {
    // An interruption is noticed between slices.
    private static final int SLICE_MS = 250;

    private Calls() {}

    /**
     * Calls an operation and waits for its answer. An interruption stops the work; the thread stays interrupted.
     *
     * @param plugin    the plugin
     * @param operation the operation's name
     * @param request   its request as JSON
     * @param answer    reads the response
     * @param <T>       the response
     * @return the response
     */
    public static <T> T call(PluginHandle plugin, String operation, String request, Function<String, T> answer) {
        stopIfInterrupted();
        long op = plugin.start(operation, request);
        try {
            while (!Native.opWait(op, SLICE_MS)) {
                stopIfInterrupted();
            }
            return answer.apply(Native.opResult(op));
        } finally {
            Native.close(op); // One that still runs is cancelled by this.
        }
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the thread was interrupted");
        }
    }

    /**
     * Starts an operation and has a future completed with its answer. Whatever completes the future before, such as a
     * cancellation, stops the work.
     *
     * @param plugin    the plugin
     * @param owner     what is not to be collected before the operation has ended
     * @param operation the operation's name
     * @param request   its request as JSON
     * @param answer    reads the response
     * @param future    the future
     * @param executor  completes it
     * @param <T>       the response
     */
    public static <T> void start(
            PluginHandle plugin,
            Object owner,
            String operation,
            String request,
            Function<String, T> answer,
            CompletableFuture<T> future,
            Executor executor) {
        long op = plugin.start(operation, request);
        try {
            Events.watch(new Pending<>(plugin, owner, op, answer, future, executor));
        } catch (RuntimeException error) {
            Native.close(op);
            throw error;
        }
    }

    /** An operation under way and the future of its answer. Whoever takes it from its map ends it. */
    static final class Pending<T> {
        final PluginHandle plugin;
        final long op;
        // Only kept, so that it is not collected, which would close the plugin.
        private final Object owner;
        private final Function<String, T> answer;
        private final CompletableFuture<T> future;
        private final Executor executor;

        Pending(
                PluginHandle plugin,
                Object owner,
                long op,
                Function<String, T> answer,
                CompletableFuture<T> future,
                Executor executor) {
            this.plugin = plugin;
            this.owner = owner;
            this.op = op;
            this.answer = answer;
            this.future = future;
            this.executor = executor;
        }

        void whenCompleted(Runnable work) {
            future.whenComplete((value, error) -> work.run());
        }

        /** Completes the future as the operation has ended. */
        void complete() {
            hand(this::completeHere);
        }

        /** Completes the future as cancelled. */
        void cancel() {
            Native.close(op);
            hand(() -> future.cancel(false));
        }

        private void completeHere() {
            T value = null;
            Throwable error = null;
            try {
                value = answer.apply(Native.opResult(op));
            } catch (Throwable thrown) {
                error = thrown;
            }
            // Before the future is completed, so that whoever waits for it finds nothing of the operation left.
            Native.close(op);
            if (error == null) {
                future.complete(value);
            } else if (error instanceof CancellationException) {
                future.cancel(false);
            } else {
                future.completeExceptionally(error);
            }
        }

        /** What depends on the future is the host's code, which must not hold up our thread. */
        private void hand(Runnable work) {
            try {
                executor.execute(work);
            } catch (RuntimeException refused) {
                Threads.start("learnerlink-completion", work);
            }
        }
    }
}
