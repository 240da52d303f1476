using System;
using System.Threading;
using System.Threading.Tasks;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An open plugin. Any number of threads may share it; a process needs no more than one.</summary>
    /// <remarks>
    /// <para>Each operation of the catalogue has a form that blocks its thread until there is an answer and one that
    /// returns a task. Tasks complete on the thread pool; a caller with a synchronization context, such as a form, is
    /// continued there as <c>await</c> does. Thousands may wait at once: they share one thread.</para>
    /// <para>What an operation throws, in either form: a <see cref="LearnerLinkException"/> with the library's code; an
    /// <see cref="System.OperationCanceledException"/> when its token was cancelled, or the plugin closed meanwhile; an
    /// <see cref="System.ObjectDisposedException"/> when the plugin was closed before.</para>
    /// </remarks>
    public sealed partial class Plugin : IDisposable
    {
        // Between slices the runtime may abort the thread, which it cannot within a native call.
        private const uint SliceMs = 250;

        private readonly NativeHandle handle;

        private Plugin(NativeHandle handle)
        {
            this.handle = handle;
        }

        /// <summary>Whether the plugin was closed.</summary>
        public bool IsClosed
        {
            get { return handle.IsClosed; }
        }

        /// <summary>Opens a plugin: its store, its vault and its way to the services.</summary>
        /// <param name="options">The configuration.</param>
        /// <returns>The plugin, to be disposed of.</returns>
        /// <exception cref="LearnerLinkInputException">The configuration is wrong; the details have the path of the key.</exception>
        /// <exception cref="LearnerLinkStoreException">The store cannot be opened.</exception>
        /// <exception cref="LearnerLinkNativeLibraryException">The native library cannot be loaded.</exception>
        public static Plugin Open(PluginOptions options)
        {
            if (options == null)
            {
                throw new ArgumentNullException(nameof(options));
            }
            return new Plugin(new NativeHandle(Native.Open(options.Json)));
        }

        /// <summary>As <see cref="Open"/>, which reads and writes the store, on a thread of the pool.</summary>
        /// <param name="options">The configuration.</param>
        /// <param name="cancel">Cancels the opening as long as it has not begun.</param>
        /// <returns>The plugin, to be disposed of.</returns>
        public static Task<Plugin> OpenAsync(
            PluginOptions options, CancellationToken cancel = default(CancellationToken))
        {
            return Task.Run(() => Open(options), cancel);
        }

        /// <summary>Asks for a QR code that a learner can scan to share their record (VERA pattern A).</summary>
        /// <param name="ukprn">The provider on whose behalf the call is made.</param>
        /// <returns>The share to show and to wait for.</returns>
        /// <exception cref="LearnerLinkAuthenticationException">The provider's credentials are not accepted.</exception>
        /// <exception cref="LearnerLinkRemoteException">The service cannot be reached or fails.</exception>
        public QrShare GenerateQrCode(string ukprn)
        {
            return GenerateQrCode(new GenerateQrRequest { Ukprn = ukprn });
        }

        /// <summary>As <see cref="GenerateQrCode(string)"/>, with everything that can be said about the code.</summary>
        /// <param name="request">What to ask for.</param>
        /// <returns>The share to show and to wait for.</returns>
        public QrShare GenerateQrCode(GenerateQrRequest request)
        {
            return new QrShare(GenerateQr(request));
        }

        /// <summary>Asks for a QR code that a learner can scan to share their record (VERA pattern A).</summary>
        /// <param name="ukprn">The provider on whose behalf the call is made.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The share to show and to wait for.</returns>
        /// <exception cref="LearnerLinkAuthenticationException">The provider's credentials are not accepted.</exception>
        /// <exception cref="LearnerLinkRemoteException">The service cannot be reached or fails.</exception>
        public Task<QrShare> GenerateQrCodeAsync(
            string ukprn, CancellationToken cancel = default(CancellationToken))
        {
            return GenerateQrCodeAsync(new GenerateQrRequest { Ukprn = ukprn }, cancel);
        }

        /// <summary>As the other form, with everything that can be said about the code.</summary>
        /// <param name="request">What to ask for.</param>
        /// <param name="cancel">Stops the work.</param>
        /// <returns>The share to show and to wait for.</returns>
        public async Task<QrShare> GenerateQrCodeAsync(
            GenerateQrRequest request, CancellationToken cancel = default(CancellationToken))
        {
            return new QrShare(await GenerateQrAsync(request, cancel).ConfigureAwait(false));
        }

        /// <summary>Waits until the learner has answered, or the share itself ends.</summary>
        /// <param name="share">What to wait for.</param>
        /// <param name="options">For how long to wait, and who is asking; null waits until the share ends.</param>
        /// <returns>What became of the share; still pending when the time was up first.</returns>
        /// <exception cref="LearnerLinkRemoteException">The service cannot be reached or fails.</exception>
        public ShareOutcome WaitForLearnerData(Waitable share, WaitOptions options = null)
        {
            return new ShareOutcome(PollLearnerData(Waitable.RequestOf(share, options)));
        }

        /// <summary>Waits until the learner has answered, or the share itself ends.</summary>
        /// <param name="share">What to wait for.</param>
        /// <param name="cancel">Ends the wait, not the share, which may be waited for again.</param>
        /// <returns>What became of the share.</returns>
        /// <exception cref="LearnerLinkRemoteException">The service cannot be reached or fails.</exception>
        public Task<ShareOutcome> WaitForLearnerDataAsync(
            Waitable share, CancellationToken cancel = default(CancellationToken))
        {
            return WaitForLearnerDataAsync(share, null, cancel);
        }

        /// <summary>As the other form, for so long.</summary>
        /// <param name="share">What to wait for.</param>
        /// <param name="options">For how long to wait, and who is asking; null waits until the share ends.</param>
        /// <param name="cancel">Ends the wait, not the share, which may be waited for again.</param>
        /// <returns>What became of the share; still pending when the time was up first.</returns>
        public async Task<ShareOutcome> WaitForLearnerDataAsync(
            Waitable share, WaitOptions options, CancellationToken cancel = default(CancellationToken))
        {
            PollLearnerDataRequest request = Waitable.RequestOf(share, options);
            return new ShareOutcome(await PollLearnerDataAsync(request, cancel).ConfigureAwait(false));
        }

        /// <summary>Counters: calls by operation and outcome, latency, retries, tokens, open handles.</summary>
        /// <returns>A JSON object.</returns>
        /// <exception cref="ObjectDisposedException">The plugin is closed.</exception>
        public string Stats()
        {
            string counters = Native.Stats(handle.Number);
            GC.KeepAlive(handle);
            return counters;
        }

        /// <summary>Closes the plugin and cancels what it does. Never blocks; closing twice is fine.</summary>
        public void Dispose()
        {
            handle.Close();
        }

        private TResponse Call<TResponse>(string operation, Request request, Func<string, TResponse> read)
        {
            long op = Start(operation, JsonWriter.Text(request));
            try
            {
                while (!Native.OpWait(op, SliceMs))
                {
                }
                return read(Native.OpResult(op));
            }
            finally
            {
                Native.Close(op);
                GC.KeepAlive(handle);
            }
        }

        private async Task<TResponse> CallAsync<TResponse>(
            string operation, Request request, Func<string, TResponse> read, CancellationToken cancel)
        {
            string text = JsonWriter.Text(request);
            cancel.ThrowIfCancellationRequested();
            long op = Start(operation, text);
            try
            {
                // Continuations run on the pool and never on the thread that completes the source.
                var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                Events.Watch(op, ended);
                using (cancel.Register(() => Cancel(op, ended, cancel)))
                {
                    await ended.Task.ConfigureAwait(false);
                }
                return read(Native.OpResult(op));
            }
            finally
            {
                Native.Close(op);
                GC.KeepAlive(handle);
            }
        }

        private static void Cancel(long op, TaskCompletionSource<bool> ended, CancellationToken cancel)
        {
            // In this order, so that the task has this token and the operation's own end comes late.
            if (ended.TrySetCanceled(cancel))
            {
                Native.OpCancel(op);
            }
        }

        private long Start(string operation, string request)
        {
            try
            {
                return Native.Start(handle.Number, operation, request);
            }
            catch (Exception error) when (handle.IsClosed && !(error is ObjectDisposedException))
            {
                // It was closed on another thread meanwhile, which says more.
                throw new ObjectDisposedException(nameof(Plugin));
            }
        }
    }
}
