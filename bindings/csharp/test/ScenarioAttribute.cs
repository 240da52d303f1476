using System;

namespace LearnerLink.Tests
{
    /// <summary>Marks the test of a scenario of bindings/scenarios.json that is written out; its id is the test's name.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ScenarioAttribute : Attribute
    {
    }
}
