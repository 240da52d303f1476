using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>A sandbox that was reset for each test, and the check that a test leaves nothing open.</summary>
    public abstract class TestBase
    {
        internal static readonly string Project = Sandbox.Setting("LEARNERLINK_TEST_PROJECT");

        [SetUp]
        public void ResetTheSandbox()
        {
            Sandbox.Ask("POST reset", "{}");
        }

        [TearDown]
        public void NothingIsLeftOpen()
        {
            Collect();
            foreach (string kind in new[] { "plugin", "op", "text", "error", "queue" })
            {
                Until(() => Handles(kind) == 0, "no " + kind + " is left open");
            }
        }

        internal static int Handles(string kind)
        {
            return (int)Json.At(LearnerLinkLibrary.Stats(), "handles." + kind);
        }

        internal static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        /// <summary>Asks again and again until the condition holds.</summary>
        internal static void Until(Func<bool> condition, string what, int seconds = 20)
        {
            Stopwatch watch = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(seconds), "still not so: " + what);
                Thread.Yield();
            }
        }

        internal static T Thrown<T>(Action call)
            where T : Exception
        {
            try
            {
                call();
            }
            catch (T error)
            {
                return error;
            }
            throw new AssertionException("no " + typeof(T).Name);
        }

        internal static string Text(string path)
        {
            return File.ReadAllText(Path.Combine(Project, path));
        }
    }
}
