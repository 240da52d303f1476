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
    }
}
