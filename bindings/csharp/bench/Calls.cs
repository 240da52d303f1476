using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using LearnerLink;

/// <summary>Measures what the binding adds: Calls.exe LIBRARY SANDBOX prints a JSON object on each line, with the same
/// cases as the programs of the other bindings.</summary>
internal static class Calls
{
    private const int Rounds = 5;
    private const int Waits = 1000;
    private const string Learner = "5123456782";

    private static string sandbox;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: Calls.exe LIBRARY SANDBOX");
            return 2;
        }
        sandbox = arguments[1];
        Stopwatch watch = Stopwatch.StartNew();
        LearnerLinkLibrary.Path = arguments[0];
        GC.KeepAlive(LearnerLinkLibrary.Info.Version);
        Say("load", "ms", watch.Elapsed.TotalMilliseconds);
        using (Plugin plugin = Plugin.Open(PluginOptions.ForSandbox(sandbox)))
        {
            var request = new HealthRequest { Probe = false, User = "reception" };
            PerCall("health", 20000, () => plugin.Health(request).Outcome);
            PerCall("health_async", 5000, () => plugin.HealthAsync(request).GetAwaiter().GetResult().Outcome);
            string record = Record();
            PerCall("record_4k", 2000, () => Filter(plugin, record).Xml);
            Concurrent(plugin).GetAwaiter().GetResult();
        }
        return 0;
    }

    // A record of some 4 KB, so that the answer is one of 4 KB as well.
    private static string Record()
    {
        var xml = new StringBuilder("<xSre><name>");
        while (xml.Length < 4000)
        {
            xml.Append("Zoë Ó Súilleabháin, ");
        }
        return xml.Append("</name></xSre>").ToString();
    }

    private static FilterXsreResponse Filter(Plugin plugin, string record)
    {
        return plugin.FilterXsre(new FilterXsreRequest
        {
            Xml = record,
            DataObjects = new[] { new DataObjectFilter { FilterType = "include", IncludeStatement = "name" } },
            Formats = new[] { "xml" },
        });
    }

    // The best of some rounds, since whatever else the machine does only adds to the time.
    private static void PerCall(string name, int calls, Func<string> call)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            for (int count = 0; count < calls; count++)
            {
                if (call() == null)
                {
                    throw new InvalidOperationException(name + " gave nothing");
                }
            }
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * 1e6 / calls);
        }
        Say(name, "ns", best);
    }

    // All wait for one learner; the time is from the learner's consent, which the sandbox has taken, to the last answer,
    // and it includes how long the library takes to ask.
    private static async Task Concurrent(Plugin plugin)
    {
        QrShare share = plugin.GenerateQrCode("10099901");
        long before = Resident();
        Stopwatch starting = Stopwatch.StartNew();
        List<Task<ShareOutcome>> waits =
            Enumerable.Range(0, Waits).Select(_ => plugin.WaitForLearnerDataAsync(share)).ToList();
        double started = starting.Elapsed.TotalMilliseconds;
        long during = Resident();
        Approve(share);
        Stopwatch watch = Stopwatch.StartNew();
        Task<ShareOutcome> first = await Task.WhenAny(waits);
        double one = watch.Elapsed.TotalMilliseconds;
        await Task.WhenAll(waits);
        double all = watch.Elapsed.TotalMilliseconds;
        if (waits.Any(wait => wait.Result.State != ShareState.Shared) || first.IsFaulted)
        {
            throw new InvalidOperationException("not all were shared");
        }
        Say("waits_start", "ms", started);
        Say("waits_spread", "ms", all - one);
        Say("waits_memory", "bytes", (double)Math.Max(0, during - before) / Waits);
    }

    private static void Approve(QrShare share)
    {
        WebRequest call = WebRequest.Create(sandbox + "/_sandbox/shares/" + share.CorrelationId + "/approve");
        call.Method = "POST";
        call.ContentType = "application/json";
        byte[] body = Encoding.UTF8.GetBytes("{\"uln\":\"" + Learner + "\"}");
        using (Stream stream = call.GetRequestStream())
        {
            stream.Write(body, 0, body.Length);
        }
        call.GetResponse().Close();
    }

    private static long Resident()
    {
        GC.Collect();
        using (Process self = Process.GetCurrentProcess())
        {
            return self.WorkingSet64;
        }
    }

    private static void Say(string name, string unit, double value)
    {
        string number = Math.Round(value, 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Console.WriteLine("{\"case\":\"" + name + "\",\"unit\":\"" + unit + "\",\"value\":" + number + "}");
    }
}
