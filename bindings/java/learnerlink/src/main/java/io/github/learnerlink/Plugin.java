package io.github.learnerlink;

import io.github.learnerlink.internal.Calls;
import io.github.learnerlink.internal.Fields;
import io.github.learnerlink.internal.Json;
import io.github.learnerlink.internal.Native;
import io.github.learnerlink.internal.PluginHandle;
import io.github.learnerlink.model.GenerateQrRequest;
import io.github.learnerlink.model.GenerateQrResponse;
import io.github.learnerlink.model.PollLearnerDataRequest;
import io.github.learnerlink.model.PollLearnerDataResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * An open plugin: its store, its vault and its way to the services. Any number of threads may share it. Close it,
 * best with {@code try (…)}; one that is dropped instead is closed when it is collected.
 *
 * <p><b>Blocking calls</b> return the answer or throw what happened. Interrupting the thread stops the work within a
 * quarter of a second; the call throws {@link CancellationException} and the thread stays interrupted. Closing the
 * plugin on another thread ends them with the same exception. <b>Asynchronous calls</b> throw nothing themselves:
 * their {@link LearnerLinkFuture} fails. On a plugin that is closed both end with {@link IllegalStateException}.
 */
public final class Plugin extends Operations implements AutoCloseable {
    // A share's own deadline comes sooner.
    private static final long LONGEST_WAIT_MS = 3_600_000;

    private final PluginHandle handle;
    private final Executor executor;
    private volatile boolean used;

    private Plugin(PluginOptions options) {
        executor = options.executor();
        handle = PluginHandle.open(this, options.configuration());
    }

    /**
     * Opens a plugin.
     *
     * @param options how
     * @return the plugin
     * @throws LearnerLinkInputException         if the configuration is wrong; {@code details} has the path of the key
     * @throws LearnerLinkStoreException         if the store cannot be opened
     * @throws LearnerLinkNativeLibraryException if the native library cannot be loaded
     */
    public static Plugin open(PluginOptions options) {
        return new Plugin(options);
    }

    /**
     * Asks for a QR code that a learner can scan to share their record (VERA pattern A).
     *
     * @param ukprn the provider
     * @return the share
     * @throws LearnerLinkAuthenticationException if the provider's credentials are not accepted
     * @throws LearnerLinkRemoteException         if the service cannot be reached or fails
     * @throws IllegalStateException              if the plugin is closed
     */
    public QrShare generateQrCode(String ukprn) {
        return generateQrCode(new GenerateQrRequest().ukprn(ukprn));
    }

    /**
     * As {@link #generateQrCode(String)}, with everything that can be asked for.
     *
     * @param request what is asked for
     * @return the share
     */
    public QrShare generateQrCode(GenerateQrRequest request) {
        return new QrShare(generateQr(request));
    }

    /**
     * As {@link #generateQrCode(String)}, without blocking.
     *
     * @param ukprn the provider
     * @return the share to come
     */
    public LearnerLinkFuture<QrShare> generateQrCodeAsync(String ukprn) {
        return generateQrCodeAsync(new GenerateQrRequest().ukprn(ukprn));
    }

    /**
     * As {@link #generateQrCode(GenerateQrRequest)}, without blocking.
     *
     * @param request what is asked for
     * @return the share to come
     */
    public LearnerLinkFuture<QrShare> generateQrCodeAsync(GenerateQrRequest request) {
        return callAsync("generate_qr", request, text -> new QrShare(GenerateQrResponse.fromJson(text)));
    }

    /**
     * Waits until the learner has answered or the share has ended. Stopping to wait does not end the share.
     *
     * @param share what the learner was shown
     * @return what became of it
     * @throws LearnerLinkRemoteException if the service cannot be reached or fails
     * @throws CancellationException      if the thread was interrupted or the plugin closed
     * @throws IllegalStateException      if the plugin was closed before
     */
    public ShareOutcome waitForLearnerData(QrShare share) {
        return waitForLearnerData(share.correlationId(), null);
    }

    /**
     * As {@link #waitForLearnerData(QrShare)}, for so long; then the state is still {@link ShareState#PENDING}.
     *
     * @param share   what the learner was shown
     * @param timeout how long
     * @return what became of it
     */
    public ShareOutcome waitForLearnerData(QrShare share, Duration timeout) {
        return waitForLearnerData(share.correlationId(), timeout);
    }

    /**
     * As {@link #waitForLearnerData(QrShare, Duration)}, with a correlation id that was kept, or that of an answer of
     * {@code requestShare}.
     *
     * @param correlationId the handle to wait with
     * @param timeout       how long; null for as long as the share lasts
     * @return what became of it
     * @throws IllegalArgumentException if there is no correlation id
     */
    public ShareOutcome waitForLearnerData(String correlationId, Duration timeout) {
        return new ShareOutcome(pollLearnerData(waiting(correlationId, timeout)));
    }

    /**
     * As {@link #waitForLearnerData(QrShare)}, without blocking. Any number of waits share one thread.
     *
     * @param share what the learner was shown
     * @return what will become of it
     */
    public LearnerLinkFuture<ShareOutcome> waitForLearnerDataAsync(QrShare share) {
        return waitForLearnerDataAsync(share.correlationId(), null);
    }

    /**
     * As {@link #waitForLearnerData(QrShare, Duration)}, without blocking.
     *
     * @param share   what the learner was shown
     * @param timeout how long
     * @return what will become of it
     */
    public LearnerLinkFuture<ShareOutcome> waitForLearnerDataAsync(QrShare share, Duration timeout) {
        return waitForLearnerDataAsync(share.correlationId(), timeout);
    }

    /**
     * As {@link #waitForLearnerData(String, Duration)}, without blocking.
     *
     * @param correlationId the handle to wait with
     * @param timeout       how long; null for as long as the share lasts
     * @return what will become of it
     * @throws IllegalArgumentException if there is no correlation id
     */
    public LearnerLinkFuture<ShareOutcome> waitForLearnerDataAsync(String correlationId, Duration timeout) {
        PollLearnerDataRequest request = waiting(correlationId, timeout);
        return callAsync(
                "poll_learner_data", request, text -> new ShareOutcome(PollLearnerDataResponse.fromJson(text)));
    }

    private static PollLearnerDataRequest waiting(String correlationId, Duration timeout) {
        if (correlationId == null) {
            throw new IllegalArgumentException("this share has no correlation id to wait with");
        }
        long most = timeout == null ? LONGEST_WAIT_MS : Math.max(0, Math.min(timeout.toMillis(), LONGEST_WAIT_MS));
        return new PollLearnerDataRequest().correlationId(correlationId).waitMs(most);
    }

    /**
     * Counters: calls by operation and outcome, latency, retries, tokens, open handles.
     *
     * @return texts, numbers, truth values, lists and maps by their keys
     * @throws IllegalStateException if the plugin is closed
     */
    public Map<String, Object> stats() {
        return Fields.parse(Native.stats(handle.live())).toMap();
    }

    /**
     * Whether the plugin was closed.
     *
     * @return whether
     */
    public boolean isClosed() {
        return handle.isClosed();
    }

    /**
     * Ends the plugin: what it does is cancelled, and futures complete as cancelled. Returns without waiting for the
     * network. Closing twice is fine.
     */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    <T> T call(String operation, Request request, Function<String, T> answer) {
        try {
            return Calls.call(handle, operation, Json.write(request.toMap()), answer);
        } finally {
            // Until here the plugin is in use: collecting it earlier would close it and cancel the call.
            used = true;
        }
    }

    @Override
    <T> LearnerLinkFuture<T> callAsync(String operation, Request request, Function<String, T> answer) {
        LearnerLinkFuture<T> future = new LearnerLinkFuture<>();
        try {
            Calls.start(handle, this, operation, Json.write(request.toMap()), answer, future, executor);
        } catch (CancellationException closed) {
            future.cancel(false);
        } catch (RuntimeException error) {
            future.completeExceptionally(error);
        }
        return future;
    }

    @Override
    public String toString() {
        return isClosed() ? "Plugin(closed)" : "Plugin(open)";
    }
}
