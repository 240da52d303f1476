using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using LearnerLink;

/// <summary>
/// What happens in a WinForms or WPF program, without a window: one thread runs a loop of messages, a button starts the
/// flow, and after each <c>await</c> the code is on that thread again, where it may touch the form. Meanwhile the loop
/// goes on, so the form stays alive and its Stop button works.
/// </summary>
internal static class MessageLoop
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: MessageLoop.exe SANDBOX_ADDRESS");
            return 2;
        }
        using (Plugin plugin = Plugin.Open(PluginOptions.ForSandbox(arguments[0])))
        {
            var loop = new Loop();
            var form = new Form(plugin, loop);
            loop.Run(form.ShareButtonClick);
            return form.Shared ? 0 : 1;
        }
    }

    /// <summary>As much of a form as the flow needs. Whatever it does must be done on the loop's thread.</summary>
    private sealed class Form
    {
        private readonly Plugin plugin;
        private readonly Loop loop;
        private readonly CancellationTokenSource stop = new CancellationTokenSource();

        internal Form(Plugin plugin, Loop loop)
        {
            this.plugin = plugin;
            this.loop = loop;
        }

        internal bool Shared { get; private set; }

        // As the handler of a button: `async void`, and nothing but `await` between two lines on the form's thread.
        internal async void ShareButtonClick()
        {
            try
            {
                Say("Asking for a code...");
                QrShare share = await plugin.GenerateQrCodeAsync("10099901", stop.Token);
                Say("The code is " + share.ImageBytes.Length + " bytes of " + share.MediaType);

                int before = loop.Handled;
                Task<ShareOutcome> wait = plugin.WaitForLearnerDataAsync(share, stop.Token);
                while (!wait.IsCompleted && loop.Handled - before < 100)
                {
                    await Task.Yield();
                }
                Say("The form is alive: it handled " + (loop.Handled - before) + " messages while it waits");
                ShareOutcome outcome = await wait;
                Say(outcome.State + ": " + outcome.Record?.FirstName + " " + outcome.Record?.LastName);
                Shared = outcome.State == ShareState.Shared;

                Task<ShareOutcome> stopped = plugin.WaitForLearnerDataAsync(
                    await plugin.GenerateQrCodeAsync("10099901", stop.Token), stop.Token);
                StopButtonClick();
                await stopped;
            }
            catch (OperationCanceledException)
            {
                Say("Stopped.");
            }
            catch (LearnerLinkAuthenticationException error)
            {
                Say("Ask your administrator to check the DfE credentials (" + error.Code + ").");
            }
            catch (LearnerLinkException error)
            {
                Say(error.Retriable ? "The service is busy. Try again shortly." : error.Message);
            }
            finally
            {
                loop.Quit();
            }
        }

        private void StopButtonClick()
        {
            stop.Cancel();
        }

        // A label of a real form throws when another thread sets its text; so does this.
        private void Say(string text)
        {
            if (!loop.IsThisThread)
            {
                throw new InvalidOperationException("only the form's own thread may touch it");
            }
            Console.WriteLine(text);
        }
    }

    /// <summary>What WinForms' <c>Application.Run</c> is: a queue of messages and the thread that handles them.</summary>
    private sealed class Loop : SynchronizationContext
    {
        private readonly BlockingCollection<Action> messages = new BlockingCollection<Action>();
        private Thread thread;

        internal int Handled { get; private set; }

        internal bool IsThisThread
        {
            get { return Thread.CurrentThread == thread; }
        }

        public override void Post(SendOrPostCallback callback, object state)
        {
            messages.Add(() => callback(state));
        }

        internal void Run(Action first)
        {
            thread = Thread.CurrentThread;
            SetSynchronizationContext(this);
            messages.Add(first);
            // It ends by itself once it was told to quit and has handled what was left.
            foreach (Action message in messages.GetConsumingEnumerable())
            {
                Handled++;
                message();
            }
        }

        internal void Quit()
        {
            messages.CompleteAdding();
        }
    }
}
