using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>How the binding lives in a process: threads, contexts, domains, its end, and the log.</summary>
    [TestFixture]
    public class ProcessTests : TestBase
    {
        private const string Ukprn = "10099901";

        [Test]
        public void Closing_on_another_thread_ends_a_blocking_wait()
        {
            Plugin plugin = Plugin.Open(Sandbox.Options);
            QrShare share = plugin.GenerateQrCode(Ukprn);
            var closer = new Thread(() =>
            {
                Until(() => Handles("op") == 1, "the wait is under way");
                plugin.Dispose();
            });
            closer.Start();
            Thrown<OperationCanceledException>(() => plugin.WaitForLearnerData(share));
            closer.Join();
        }

        [Test]
        public void Threads_share_a_plugin()
        {
            var answers = new ConcurrentBag<string>();
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                List<Thread> threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
                {
                    answers.Add(plugin.Health().Outcome);
                    answers.Add(plugin.HealthAsync().Result.Outcome);
                })).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
            }
            Assert.That(answers, Is.EqualTo(Enumerable.Repeat("ok", 32)));
        }

        [Test]
        public async Task Plugins_that_are_opened_and_closed_at_once_do_not_disturb_each_other()
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                for (int round = 0; round < 20; round++)
                {
                    using (Plugin plugin = Plugin.Open(Sandbox.Options))
                    {
                        Assert.That((await plugin.HealthAsync()).Outcome, Is.EqualTo("ok"));
                    }
                }
            })));
        }

        [Test]
        public async Task Calls_and_a_close_at_once_end_in_an_answer_or_as_ended()
        {
            for (int round = 0; round < 20; round++)
            {
                Plugin plugin = Plugin.Open(Sandbox.Options);
                Task<bool>[] calls = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
                {
                    while (true)
                    {
                        try
                        {
                            plugin.Health();
                            await plugin.HealthAsync();
                        }
                        catch (ObjectDisposedException)
                        {
                            return true;
                        }
                        catch (OperationCanceledException)
                        {
                            // It was under way.
                        }
                    }
                })).ToArray();
                plugin.Health();
                plugin.Dispose();
                Assert.That(await Task.WhenAll(calls), Is.EqualTo(Enumerable.Repeat(true, 4)));
            }
        }

        [Test]
        public async Task The_event_thread_comes_with_the_first_call_and_goes_with_the_last_plugin()
        {
            Plugin one = Plugin.Open(Sandbox.Options);
            Plugin other = Plugin.Open(Sandbox.Options);
            one.Health();
            Assert.That(Handles("queue"), Is.EqualTo(0));
            await one.HealthAsync();
            Assert.That(Handles("queue"), Is.EqualTo(1));
            one.Dispose();
            await other.HealthAsync();
            Assert.That(Handles("queue"), Is.EqualTo(1));
            other.Dispose();
            Assert.That(Handles("queue"), Is.EqualTo(0));
            using (Plugin again = Plugin.Open(Sandbox.Options))
            {
                Assert.That((await again.HealthAsync()).Outcome, Is.EqualTo("ok"));
            }
        }

        [Test]
        public void The_event_thread_goes_with_a_last_plugin_that_was_dropped()
        {
            var dropper = new Thread(() => Plugin.Open(Sandbox.Options));
            dropper.Start();
            dropper.Join();
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                Assert.That(plugin.HealthAsync().Result.Outcome, Is.EqualTo("ok"));
            }
            Assert.That(Handles("queue"), Is.EqualTo(1), "the one that was dropped is still open");
            Until(
                () =>
                {
                    Collect();
                    return Handles("queue") == 0;
                },
                "the queue is closed");
        }

        [Test]
        public async Task No_code_of_the_host_runs_on_the_event_thread()
        {
            var names = new ConcurrentBag<string>();
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => plugin.HealthAsync().ContinueWith(
                    task => names.Add(Thread.CurrentThread.Name ?? ""),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default)));
            }
            Assert.That(names.Count, Is.EqualTo(50));
            Assert.That(names, Has.None.EqualTo("learnerlink-events"));
        }

        [Test]
        public void A_caller_that_blocks_its_context_still_gets_its_answer()
        {
            // As a form does that calls `.Result`: nothing of ours may want its thread.
            SynchronizationContext before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new DeadContext());
            try
            {
                using (Plugin plugin = Plugin.OpenAsync(Sandbox.Options).Result)
                {
                    QrShare share = plugin.GenerateQrCodeAsync(Ukprn).Result;
                    Sandbox.Approve(share);
                    Assert.That(plugin.WaitForLearnerDataAsync(share).Result.State, Is.EqualTo(ShareState.Shared));
                }
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }
        }

        [Test]
        public void A_process_ends_at_once_with_waits_under_way()
        {
            Assert.That(LoadingTests.Run(null, "exit", Sandbox.Url), Is.EqualTo(new[] { "ended True" }));
        }

        [Test]
        public void A_domain_with_waits_under_way_can_be_unloaded()
        {
            string home = Path.GetDirectoryName(typeof(ProcessTests).Assembly.Location);
            AppDomain domain = AppDomain.CreateDomain("guest", null, new AppDomainSetup { ApplicationBase = home });
            var guest = (Guest)domain.CreateInstanceAndUnwrap(typeof(Guest).Assembly.FullName, typeof(Guest).FullName);
            guest.Wait(Sandbox.Url);
            Until(() => Handles("op") == 1, "the wait is under way");
            Stopwatch watch = Stopwatch.StartNew();
            AppDomain.Unload(domain);
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(5));
        }

        [Test]
        public void Shutdown_ends_all_work_and_plugins_may_be_opened_afresh()
        {
            Plugin plugin = Plugin.Open(Sandbox.Options);
            QrShare share = plugin.GenerateQrCode(Ukprn);
            Task<ShareOutcome> wait = plugin.WaitForLearnerDataAsync(share);
            Until(() => Handles("op") == 1, "the wait is under way");
            LearnerLinkLibrary.Shutdown(TimeSpan.FromSeconds(5));
            Thrown<OperationCanceledException>(() => wait.GetAwaiter().GetResult());
            using (Plugin again = Plugin.Open(Sandbox.Options))
            {
                Assert.That(again.HealthAsync().Result.Outcome, Is.EqualTo("ok"));
            }
            plugin.Dispose();
        }

        [Test]
        public void A_plugin_that_is_opened_right_after_a_shutdown_is_as_good_as_any()
        {
            for (int round = 0; round < 100; round++)
            {
                using (Plugin plugin = Plugin.Open(Sandbox.Options))
                {
                    Assert.That(plugin.HealthAsync().Result.Outcome, Is.EqualTo("ok"));
                    LearnerLinkLibrary.Shutdown(TimeSpan.FromSeconds(5));
                }
                Plugin kept = Plugin.Open(Sandbox.Options);
                Assert.That(kept.HealthAsync().Result.Outcome, Is.EqualTo("ok"));
                LearnerLinkLibrary.Shutdown(TimeSpan.FromSeconds(5));
                using (Plugin next = Plugin.Open(Sandbox.Options))
                {
                    Assert.That(next.HealthAsync().Result.Outcome, Is.EqualTo("ok"));
                }
                kept.Dispose();
            }
        }

        [Test]
        public void Log_lines_come_while_a_sink_is_set()
        {
            var lines = new ConcurrentQueue<LogLine>();
            LearnerLinkLog.Sink = line =>
            {
                lines.Enqueue(line);
                throw new InvalidOperationException("a sink that fails");
            };
            try
            {
                string json = "{\"sandbox\":\"" + Sandbox.Url + "\",\"log\":{\"level\":\"debug\"}}";
                using (Plugin plugin = Plugin.Open(PluginOptions.FromJson(json)))
                {
                    plugin.GenerateQrCode(Ukprn);
                    Until(() => lines.Count > 1, "there are lines");
                }
                Assert.That(LearnerLinkLog.Sink, Is.Not.Null);
            }
            finally
            {
                LearnerLinkLog.Sink = null;
            }
            Assert.That(LearnerLinkLog.Sink, Is.Null);
            LogLine first = lines.First();
            Assert.That(new[] { "debug", "info" }, Has.Member(first.Level));
            Assert.That(first.Target, Is.StringStarting("learnerlink"));
            Assert.That(first.ToString(), Is.EqualTo(first.Level + " " + first.Target + ": " + first.Message));
            Json.Has(Json.Read(first.RawJson), Json.Read("{\"level\":\"" + first.Level + "\"}"));
        }

        [Test]
        public void The_configuration_of_a_file_is_utf8()
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, "{\"sandbox\":\"" + Sandbox.Url + "\"}");
                using (Plugin plugin = Plugin.Open(PluginOptions.FromFile(path)))
                {
                    Assert.That(plugin.Health().Outcome, Is.EqualTo("ok"));
                }
                File.WriteAllBytes(path, new byte[] { (byte)'{', 0xe9, (byte)'}' });
                Assert.That(Thrown<LearnerLinkUsageException>(() => PluginOptions.FromFile(path)).Code, Is.EqualTo("INVALID_UTF8"));
            }
            finally
            {
                File.Delete(path);
            }
        }

        /// <summary>Waits for a learner in a domain of its own.</summary>
        public sealed class Guest : MarshalByRefObject
        {
            private Plugin plugin;

            public void Wait(string sandbox)
            {
                plugin = Plugin.Open(PluginOptions.ForSandbox(sandbox));
                plugin.WaitForLearnerDataAsync(plugin.GenerateQrCode(Ukprn));
            }
        }

        private sealed class DeadContext : SynchronizationContext
        {
            public override void Post(SendOrPostCallback callback, object state)
            {
            }
        }
    }
}
