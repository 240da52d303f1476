using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The scenarios of bindings/scenarios.json that are data, and the check that none is without a test.</summary>
    [TestFixture]
    public class DataScenarioTests : TestBase
    {
        private static readonly Dictionary<string, object>[] Scenarios =
            Json.List(Json.Read(Text("bindings/scenarios.json"))["scenarios"]).Select(Json.Object).ToArray();

        private static readonly Dictionary<string, Type> Classes = new Dictionary<string, Type>
        {
            { "authentication", typeof(LearnerLinkAuthenticationException) },
            { "remote", typeof(LearnerLinkRemoteException) },
            { "input", typeof(LearnerLinkInputException) },
        };

        private static IEnumerable<string> Data
        {
            get { return Scenarios.Where(scenario => scenario["calls"] is ArrayList).Select(scenario => (string)scenario["id"]); }
        }

        [Test]
        public void Every_scenario_has_one_test_and_every_test_a_scenario()
        {
            IEnumerable<string> byHand = typeof(DataScenarioTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttributes(typeof(ScenarioAttribute), false).Length > 0)
                .Select(method => char.ToLowerInvariant(method.Name[0]) + method.Name.Substring(1));
            IEnumerable<string> all = Scenarios.Select(scenario => (string)scenario["id"]);
            Assert.That(byHand.Concat(Data), Is.EquivalentTo(all));
        }

        [Test]
        [TestCaseSource("Data")]
        public void A_scenario_holds_in_the_blocking_form(string id)
        {
            Perform(id, Typed.Blocking);
        }

        [Test]
        [TestCaseSource("Data")]
        public void A_scenario_holds_in_the_asynchronous_form(string id)
        {
            Perform(id, Typed.Asynchronous);
        }

        private static void Perform(string id, Func<Plugin, string, Dictionary<string, object>, Response> call)
        {
            var kept = new Dictionary<string, string>();
            object[] steps = Json.List(Scenarios.Single(scenario => (string)scenario["id"] == id)["calls"]);
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                foreach (Dictionary<string, object> step in steps.Select(Json.Object))
                {
                    if (step.ContainsKey("sandbox"))
                    {
                        Sandbox.Ask(Filled(step["sandbox"], kept).Trim('"'), Filled(step["body"], kept));
                        continue;
                    }
                    Dictionary<string, object> request = Json.Read(Filled(step["request"], kept));
                    Dictionary<string, object> expected = Json.Object(step["expect"]);
                    Func<Response> ask = () => call(plugin, (string)step["operation"], request);
                    if (expected.ContainsKey("error"))
                    {
                        Failed(ask, Json.Object(expected["error"]));
                        continue;
                    }
                    Dictionary<string, object> answer = Json.Read(ask().RawJson);
                    Json.Has(answer, expected);
                    if (step.ContainsKey("keep"))
                    {
                        foreach (KeyValuePair<string, object> keep in Json.Object(step["keep"]))
                        {
                            kept[keep.Key] = (string)answer[(string)keep.Value];
                        }
                    }
                }
            }
        }

        private static void Failed(Func<Response> ask, Dictionary<string, object> wanted)
        {
            LearnerLinkException error = Thrown<LearnerLinkException>(() => ask());
            Assert.That(error, Is.InstanceOf(Classes[(string)wanted["class"]]));
            Assert.That(error.Code, Is.EqualTo(wanted["code"]));
            Assert.That(error.Status, Is.EqualTo(wanted["status"]));
            Assert.That(error.Retriable, Is.EqualTo(wanted["retriable"]));
            Assert.That(error.ToString(), Is.StringStarting(error.Code + ": " + error.Message + " ("));
            if (wanted.ContainsKey("details"))
            {
                Json.Has(Json.Read(error.Details), wanted["details"]);
            }
        }

        private static string Filled(object value, Dictionary<string, string> kept)
        {
            string text = Json.Write(value);
            foreach (KeyValuePair<string, string> one in kept)
            {
                text = text.Replace("{" + one.Key + "}", one.Value);
            }
            return text;
        }
    }
}
