using System.Collections.Generic;
using System.IO;
using System.Linq;
using LearnerLink.Tests;
using NUnit.Framework;

/// <summary>Around all tests of the assembly, since it is in no namespace.</summary>
[SetUpFixture]
public class SetUp
{
    [SetUp]
    public void Begin()
    {
        Sandbox.Start();
    }

    [TearDown]
    public void End()
    {
        Sandbox.Stop();
        TestBase.Until(() => !Threads().Any(name => name.StartsWith("learnerlink-eve") || name == "learnerlink-log"),
            "threads of ours are gone with the last plugin");
    }

    // The system knows the first fifteen letters of their names.
    private static IEnumerable<string> Threads()
    {
        foreach (string thread in Directory.GetDirectories("/proc/self/task"))
        {
            string name = Path.Combine(thread, "comm");
            yield return File.Exists(name) ? File.ReadAllText(name).Trim() : "";
        }
    }
}
