using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The scenarios that are written out, but for those about loading the library.</summary>
    [TestFixture]
    public class ScenarioTests : TestBase
    {
        private const string Ukprn = "10099901";

        [Test, Scenario]
        public void Opens_and_closes()
        {
            Plugin kept;
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                kept = plugin;
                Assert.That(plugin.Health().Outcome, Is.EqualTo(HealthResponse.Outcomes.Ok));
                Assert.That(plugin.IsClosed, Is.False);
            }
            Assert.That(kept.IsClosed, Is.True);
        }

        [Test, Scenario]
        public void Closing_twice_is_fine()
        {
            Plugin plugin = Plugin.Open(Sandbox.Options);
            plugin.Dispose();
            plugin.Dispose();
            Assert.That(plugin.IsClosed, Is.True);
        }

        [Test, Scenario]
        public async Task Use_after_close_is_refused()
        {
            Plugin plugin = await Plugin.OpenAsync(Sandbox.Options);
            plugin.Dispose();
            Thrown<ObjectDisposedException>(() => plugin.Health());
            Thrown<ObjectDisposedException>(() => plugin.Stats());
            Thrown<ObjectDisposedException>(() => plugin.HealthAsync().GetAwaiter().GetResult());
        }

        [Test, Scenario]
        public void Bad_configuration_names_the_key()
        {
            string json = "{\"sandbox\":\"" + Sandbox.Url + "\",\"timeouts\":{\"conectMs\":1}}";
            var error = Thrown<LearnerLinkInputException>(() => Plugin.Open(PluginOptions.FromJson(json)));
            Assert.That(error.Code, Is.EqualTo("UNKNOWN_KEY"));
            Assert.That(error.Status, Is.EqualTo(Status.UnknownKey));
            Assert.That(Json.At(error.Details, "path"), Is.EqualTo("timeouts.conectMs"));
        }

        [Test, Scenario]
        public void A_dropped_plugin_is_closed_by_its_finalizer()
        {
            // On a thread of its own, so that nothing of it stays on this one's stack.
            var dropper = new Thread(() => Plugin.Open(Sandbox.Options).Health());
            dropper.Start();
            dropper.Join();
            Assert.That(Handles("plugin"), Is.EqualTo(1));
            Until(
                () =>
                {
                    Collect();
                    return Handles("plugin") == 0;
                },
                "the plugin is closed");
        }

        [Test, Scenario]
        public void Cancelled_before_it_starts()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                Task<QrShare> task = plugin.GenerateQrCodeAsync(Ukprn, new CancellationToken(true));
                Assert.That(task.IsCanceled, Is.True);
                Assert.That(plugin.Stats(), Is.Not.StringContaining("generate_qr"));
            }
        }

        [Test, Scenario]
        public async Task Cancelled_while_it_waits()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            using (var cancel = new CancellationTokenSource())
            {
                QrShare share = await plugin.GenerateQrCodeAsync(Ukprn);
                Task<ShareOutcome> wait = plugin.WaitForLearnerDataAsync(share, cancel.Token);
                Until(() => Handles("op") == 1, "the wait is under way");
                cancel.Cancel();
                var error = Thrown<OperationCanceledException>(() => wait.GetAwaiter().GetResult());
                Assert.That(error.CancellationToken, Is.EqualTo(cancel.Token));
                Assert.That(Handles("op"), Is.EqualTo(0));
                Until(
                    () => Equals(Json.At(plugin.Stats(), "operations.poll_learner_data.calls"), 1),
                    "the library has ended it");
                // The share itself goes on, and another wait finds what came of it.
                Sandbox.Approve(share);
                Assert.That((await plugin.WaitForLearnerDataAsync(share)).State, Is.EqualTo(ShareState.Shared));
            }
        }

        [Test, Scenario]
        public async Task Cancelled_after_it_ended()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            using (var cancel = new CancellationTokenSource())
            {
                Task<HealthResponse> task = plugin.HealthAsync(cancel: cancel.Token);
                await task;
                cancel.Cancel();
                Assert.That(task.Status, Is.EqualTo(TaskStatus.RanToCompletion));
                Assert.That(task.Result.Outcome, Is.EqualTo("ok"));
            }
        }

        [Test, Scenario]
        public void Closing_cancels_200_waits()
        {
            Plugin plugin = Plugin.Open(Sandbox.Options);
            QrShare share = plugin.GenerateQrCode(Ukprn);
            Task[] waits = Enumerable.Range(0, 200).Select(_ => (Task)plugin.WaitForLearnerDataAsync(share)).ToArray();
            Until(() => Handles("op") == 200, "all wait");
            plugin.Dispose();
            Assert.That(((IAsyncResult)Task.WhenAll(waits)).AsyncWaitHandle.WaitOne(10000), Is.True);
            Assert.That(waits.All(wait => wait.IsCanceled), Is.True);
            Until(() => Handles("op") == 0, "no handle is left");
        }

        [Test, Scenario]
        public void An_embedded_nul_is_refused()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                foreach (Action call in new Action[]
                {
                    () => plugin.GenerateQr(new GenerateQrRequest { Ukprn = "1009\0" }),
                    () => plugin.GenerateQrAsync(new GenerateQrRequest { Ukprn = "1009\0" }).GetAwaiter().GetResult(),
                    () => Plugin.Open(PluginOptions.FromJson("{\"store\":\"a\0b\"}")),
                    () => Plugin.Open(PluginOptions.FromJson("{\"store\":\"a\\u0000b\"}")),
                })
                {
                    var error = Thrown<LearnerLinkUsageException>(call);
                    Assert.That(error.Code, Is.EqualTo("INVALID_UTF8"));
                    Assert.That(error.Message, Is.StringContaining("NUL"));
                }
                Assert.That(plugin.Stats(), Is.Not.StringContaining("generate_qr"));
                // What only looks like one is let through.
                Assert.That(plugin.Health(new HealthRequest { User = "a\\u0000b" }).Outcome, Is.EqualTo("ok"));
            }
        }

        [Test, Scenario]
        public void A_lone_surrogate_is_refused()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                var request = new HealthRequest { User = "Zo\ud83c" };
                var error = Thrown<LearnerLinkUsageException>(() => plugin.Health(request));
                Assert.That(error.Code, Is.EqualTo("INVALID_UTF8"));
                Assert.That(error.Message, Is.StringContaining("surrogate").And.Not.StringContaining("Zo"));
                Assert.That(error.InnerException, Is.Null);
                Assert.That(plugin.Stats(), Is.Not.StringContaining("health"));
            }
        }

        [Test, Scenario]
        public void A_result_of_a_mebibyte_arrives_whole()
        {
            string name = string.Concat(Enumerable.Repeat("Zoë \"🎓\"\n", 1 << 17));
            var request = new FilterXsreRequest
            {
                Xml = "<xSre><name>" + name + "</name></xSre>",
                DataObjects = new[] { new DataObjectFilter { FilterType = "include", IncludeStatement = "name" } },
                Formats = new[] { "xml" },
            };
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                FilterXsreResponse answer = plugin.FilterXsre(request);
                Assert.That(answer.RawJson.Length, Is.GreaterThan(1 << 20));
                Assert.That(answer.Xml.Contains("<name>" + name + "</name>"), Is.True);
            }
        }

        [Test, Scenario]
        [Timeout(60000)]
        public async Task Forced_collection_during_waits_loses_nothing()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                QrShare share = await plugin.GenerateQrCodeAsync(Ukprn);
                var options = new WaitOptions { Timeout = TimeSpan.FromMilliseconds(500) };
                List<Task<ShareOutcome>> waits =
                    Enumerable.Range(0, 2000).Select(_ => plugin.WaitForLearnerDataAsync(share, options)).ToList();
                Task all = Task.WhenAll(waits);
                do
                {
                    GC.Collect();
                    await Task.Yield();
                }
                while (!all.IsCompleted);
                await all;
                Assert.That(waits.All(wait => wait.Result.State == ShareState.Pending), Is.True);
                Until(() => Handles("op") == 0, "no handle is left");
            }
        }

        [Test, Scenario]
        public void An_unknown_error_code_is_the_base_or_its_hundred()
        {
            const string Raw = "{\"status\":499,\"code\":\"NEW\",\"message\":\"new\",\"retriable\":true,\"operation\":\"x\","
                + "\"details\":{\"a\":1},\"causes\":[\"why\"],\"later\":{}}";
            LearnerLinkException error = LearnerLinkException.FromJson(Raw);
            Assert.That(error.GetType(), Is.EqualTo(typeof(LearnerLinkRemoteException)));
            Assert.That(error.Code, Is.EqualTo("NEW"));
            Assert.That(error.Status, Is.EqualTo(499));
            Assert.That(error.Retriable, Is.True);
            Assert.That(error.Operation, Is.EqualTo("x"));
            Assert.That(error.Details, Is.EqualTo("{\"a\":1}"));
            Assert.That(error.Causes, Is.EqualTo(new[] { "why" }));
            Assert.That(error.RawJson, Is.EqualTo(Raw));
            Assert.That(error.ToString(), Is.EqualTo("NEW: new (x, 499)"));
            error = LearnerLinkException.FromJson(Raw.Replace("499", "555"));
            Assert.That(error.GetType(), Is.EqualTo(typeof(LearnerLinkException)));
        }
    }
}
