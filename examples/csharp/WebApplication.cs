using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LearnerLink;

/// <summary>
/// What happens in an ASP.NET application, without a web server: many requests at once share one plugin, none of them holds
/// a thread while its learner decides, and a client that goes away stops the work that was done for it.
/// </summary>
/// <remarks>
/// In ASP.NET the plugin belongs into <c>Application_Start</c> and <c>Application_End</c>, and the token is
/// <c>HttpContext.Response.ClientDisconnectedToken</c>; in ASP.NET Core a singleton and <c>HttpContext.RequestAborted</c>.
/// </remarks>
internal static class WebApplication
{
    private const int Visitors = 200;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: WebApplication.exe SANDBOX_ADDRESS");
            return 2;
        }
        using (Plugin plugin = Plugin.Open(PluginOptions.ForSandbox(arguments[0])))
        {
            return VisitAsync(new ShareController(plugin)).GetAwaiter().GetResult();
        }
    }

    // One learner shares; all others who look at that code close the page.
    private static async Task<int> VisitAsync(ShareController controller)
    {
        var first = new Context();
        await controller.ShowAsync(first);
        Console.WriteLine("{0} {1}", first.Status, first.Body.Substring(0, 30));
        string key = first.Key;

        List<Context> gone = Enumerable.Range(0, Visitors).Select(_ => new Context { Key = key }).ToList();
        List<Task> requests = gone.Select(controller.OutcomeAsync).ToList();
        gone.ForEach(context => context.Client.Cancel());
        await Task.WhenAll(requests);
        Console.WriteLine("{0} of {1} went away", gone.Count(context => context.Status == 499), Visitors);

        var stays = new Context { Key = key };
        await controller.OutcomeAsync(stays);
        Console.WriteLine("{0} {1}", stays.Status, stays.Body);

        var wrong = new Context { Ukprn = "1" };
        await controller.ShowAsync(wrong);
        Console.WriteLine("{0} {1}", wrong.Status, wrong.Body);
        return stays.Status == 200 ? 0 : 1;
    }

    /// <summary>The two pages of the flow.</summary>
    private sealed class ShareController
    {
        private readonly Plugin plugin;

        // The correlation id is a secret, so the page gets a key of its own. With several servers keep them in a store.
        private readonly ConcurrentDictionary<string, QrShare> shares = new ConcurrentDictionary<string, QrShare>();

        internal ShareController(Plugin plugin)
        {
            this.plugin = plugin;
        }

        internal Task ShowAsync(Context context)
        {
            return AnswerAsync(context, async () =>
            {
                QrShare share = await plugin.GenerateQrCodeAsync(context.Ukprn, context.Client.Token).ConfigureAwait(false);
                context.Key = Guid.NewGuid().ToString();
                shares[context.Key] = share;
                return share.DataUri;
            });
        }

        internal Task OutcomeAsync(Context context)
        {
            return AnswerAsync(context, async () =>
            {
                // Shorter than what proxies allow a request; the page asks again while it is pending.
                var options = new WaitOptions { Timeout = TimeSpan.FromSeconds(25) };
                ShareOutcome outcome = await plugin
                    .WaitForLearnerDataAsync(shares[context.Key], options, context.Client.Token).ConfigureAwait(false);
                if (outcome.State != ShareState.Pending)
                {
                    shares.TryRemove(context.Key, out QrShare _);
                }
                return outcome.State + ", " + (outcome.Record?.Qualifications.Count ?? 0) + " qualifications";
            });
        }

        private static async Task AnswerAsync(Context context, Func<Task<string>> action)
        {
            try
            {
                context.Body = await action().ConfigureAwait(false);
                context.Status = 200;
            }
            catch (OperationCanceledException)
            {
                context.Status = 499;
            }
            catch (LearnerLinkException error)
            {
                // The code is enough for the page; message and causes belong into the log.
                context.Body = error.Code;
                context.Status = error.Retriable ? 503 : 502;
            }
        }
    }

    /// <summary>As much of an <c>HttpContext</c> as the pages need.</summary>
    private sealed class Context
    {
        internal string Ukprn = "10099901";
        internal string Key;
        internal string Body = "";
        internal int Status;
        internal readonly CancellationTokenSource Client = new CancellationTokenSource();
    }
}
