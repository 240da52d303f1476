using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>Every operation of the catalogue, in both forms.</summary>
    [TestFixture]
    public class OperationTests : TestBase
    {
        private static readonly Dictionary<string, object> Values = new Dictionary<string, object>
        {
            { "ukprn", "10099901" }, { "user", "clerk@example.test" }, { "traceId", "t-1" }, { "timeoutMs", 5000 },
        };

        // These decide between two ways to call the operation, of which only one may be used.
        private static readonly string[] LeftOut = { "profile", "rules", "stylesheet", "newVaultKey", "newVaultKeyFile" };

        private string folder;

        private static IEnumerable<string> Names
        {
            get { return NativeTests.Operations; }
        }

        [SetUp]
        public void MakeAFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
            Directory.CreateDirectory(folder);
        }

        [TearDown]
        public void RemoveTheFolder()
        {
            Directory.Delete(folder, true);
        }

        [Test]
        public void Every_operation_can_be_called_in_the_blocking_form()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                Assert.That(Names.Count(name => Answers(name, values => Typed.Blocking(plugin, name, values))), Is.AtLeast(15));
            }
        }

        [Test]
        public void Every_operation_can_be_called_in_the_asynchronous_form()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                Assert.That(
                    Names.Count(name => Answers(name, values => Typed.Asynchronous(plugin, name, values))), Is.AtLeast(15));
            }
        }

        [Test]
        public void What_is_required_may_not_be_left_out()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                var error = Thrown<LearnerLinkInputException>(() => plugin.PollLearnerData(null));
                Assert.That(error.Status, Is.EqualTo(Status.InvalidInput));
                Assert.That(Json.At(error.Details, "field"), Is.EqualTo("correlationId"));
                Assert.That(error.Operation, Is.EqualTo("poll_learner_data"));
            }
        }

        [Test]
        public void A_request_may_be_changed_as_soon_as_it_was_given()
        {
            var request = new HealthRequest { User = "clerk@example.test" };
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                Task<HealthResponse> task = plugin.HealthAsync(request);
                request.User = "\0";
                Assert.That(task.GetAwaiter().GetResult().Outcome, Is.EqualTo("ok"));
            }
        }

        // Whether the operation answers; when it does not, it has a reason in the values.
        private bool Answers(string name, Func<Dictionary<string, object>, Response> call)
        {
            string file = Path.Combine(folder, name);
            Dictionary<string, object> values = Schemas.Properties(Schemas.Operation(name)["request"])
                .Where(property => !LeftOut.Contains(property.Key))
                .ToDictionary(
                    property => property.Key,
                    property => Values.TryGetValue(property.Key, out object value)
                        ? value
                        : Schemas.Value(property.Value, false, file));
            try
            {
                Response response = call(values);
                Assert.That(response.GetType().Name, Is.EqualTo(Typed.Pascal(name) + "Response"));
                return true;
            }
            catch (LearnerLinkException error)
            {
                Assert.That(
                    error, Is.Not.InstanceOf<LearnerLinkUsageException>().And.Not.InstanceOf<LearnerLinkInternalException>());
                Assert.That(error.Code, Is.Not.EqualTo("UNKNOWN_KEY").And.Not.EqualTo("INVALID_JSON"), error.ToString());
                return false;
            }
        }
    }
}
