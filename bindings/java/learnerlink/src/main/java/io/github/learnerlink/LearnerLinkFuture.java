package io.github.learnerlink;

import java.util.concurrent.CompletableFuture;

/**
 * The answer of an operation that was started. It is completed on the executor of the {@link PluginOptions}, never on
 * the thread that waits for the library.
 *
 * <p>{@link #cancel} stops the work in the library, and so does whatever else completes this future early, such as
 * {@code orTimeout} of Java 9. Cancel this future and not a stage made from it, such as that of {@code thenApply},
 * which has no way back to the work. Closing the plugin cancels it as well.
 *
 * <p>{@code join} and {@code get} throw what happened inside a {@link java.util.concurrent.CompletionException} or
 * {@link java.util.concurrent.ExecutionException}, and a {@link java.util.concurrent.CancellationException} as it is.
 *
 * @param <T> the answer
 */
public final class LearnerLinkFuture<T> extends CompletableFuture<T> {
    LearnerLinkFuture() {}
}
