using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The README, the examples and the documentation of the members do what they say.</summary>
    [TestFixture]
    public class DocumentationTests : TestBase
    {
        private static readonly string Readme = Text("bindings/csharp/README.md");

        [Test]
        public void The_snippets_of_the_readme_run_one_after_the_other()
        {
            string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
            Directory.CreateDirectory(folder);
            string before = Directory.GetCurrentDirectory();
            TextWriter console = Console.Out;
            var said = new StringWriter();
            try
            {
                Directory.SetCurrentDirectory(folder);
                Console.SetOut(said);
                File.WriteAllText("learnerlink.json", "{\"sandbox\":\"" + Sandbox.Url + "\"}");
                using (Sandbox.LearnerWhoAgrees())
                using (Plugin plugin = Plugin.Open(Sandbox.Options))
                {
                    var snippets = new Snippets(plugin);
                    for (int number = 0; number < Snippets.Count; number++)
                    {
                        MethodInfo run = typeof(Snippets).GetMethod("Run" + number, NativeTests.Hidden);
                        ((Task)Typed.Invoke(run, snippets)).GetAwaiter().GetResult();
                    }
                    QrShare share = plugin.GenerateQrCode("10099901");
                    Assert.That(snippets.OutcomeAsync(share.CorrelationId, CancellationToken.None).Result, Is.EqualTo("Shared"));
                }
                Assert.That(new FileInfo("qr.png").Length, Is.GreaterThan(100));
            }
            finally
            {
                LearnerLinkLog.Sink = null;
                Console.SetOut(console);
                Directory.SetCurrentDirectory(before);
                Directory.Delete(folder, true);
            }
            foreach (string expected in new[]
            {
                "Orla Fennimore", "learning events", "HealthResponse(Outcome=ok", "Shared\n", "12345678", "LearnerLink 0.",
            })
            {
                Assert.That(said.ToString(), Is.StringContaining(expected));
            }
        }

        [Test]
        public void The_handlers_of_the_readme_share_and_stop()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                var form = new Snippets(plugin);
                using (Sandbox.LearnerWhoAgrees())
                {
                    form.ClickShare();
                    Until(() => form.status.Text != null, "the form says something");
                    Assert.That(form.status.Text, Is.EqualTo("Received."));
                    Assert.That(form.qrBox.Image, Is.GreaterThan(100));
                }
                form.status.Text = null;
                form.ClickShare();
                Until(() => Handles("op") == 1, "the form waits");
                form.ClickStop();
                Until(() => form.status.Text != null, "the form says something");
                Assert.That(form.status.Text, Is.EqualTo("Stopped."));
            }
        }

        [Test]
        public void The_readme_explains_every_hint_and_every_exception()
        {
            string source = Text("bindings/csharp/src/LearnerLink/Interop/Hint.cs");
            IEnumerable<string> hints = Regex.Matches(source, "new Hint\\(\\s*\"(\\w+)\"").Cast<Match>()
                .Select(match => match.Groups[1].Value).Concat(new[] { "version" });
            string table = Readme.Substring(Readme.IndexOf("## The library does not load", StringComparison.Ordinal));
            IEnumerable<string> rows = Regex.Matches(table, @"^\| `(\w+)`", RegexOptions.Multiline).Cast<Match>()
                .Select(match => match.Groups[1].Value);
            Assert.That(rows, Is.EquivalentTo(hints));
            foreach (Type type in typeof(Plugin).Assembly.GetExportedTypes().Where(typeof(Exception).IsAssignableFrom))
            {
                Assert.That(Readme, Is.StringContaining("| `" + type.Name + "`"));
            }
        }

        [Test]
        public void Everything_public_is_documented()
        {
            string path = Path.ChangeExtension(new Uri(typeof(Plugin).Assembly.CodeBase).LocalPath, ".xml");
            IEnumerable<XElement> members = XDocument.Load(path).Root.Element("members").Elements("member");
            Dictionary<string, XElement> described = members.ToDictionary(member => (string)member.Attribute("name"));
            foreach (Type type in typeof(Plugin).Assembly.GetExportedTypes())
            {
                string name = type.FullName.Replace('+', '.');
                Assert.That(described.ContainsKey("T:" + name), Is.True, name);
                foreach (PropertyInfo property in type.GetProperties().Where(property => property.DeclaringType == type))
                {
                    XElement member = described["P:" + name + "." + property.Name];
                    Assert.That(member.Element("summary").Value.Trim(), Is.Not.Empty, name + "." + property.Name);
                }
                foreach (MethodInfo method in type.GetMethods().Where(one => one.DeclaringType == type && !one.IsSpecialName))
                {
                    string start = "M:" + name + "." + method.Name;
                    Assert.That(
                        described.Keys.Any(key => key == start || key.StartsWith(start + "(", StringComparison.Ordinal)),
                        Is.True,
                        start);
                }
            }
        }

        [Test]
        public void The_demonstration_shows_everything()
        {
            string said = Example("Demo");
            foreach (string expected in new[]
            {
                "HealthResponse(Outcome=ok", "Southmoor Sixth Form: ok", "Shared: ", "Orla Fennimore, ULN 5123456782",
                "exactMatch", "ULN 1000000027 has", "key K7CDX4RTMN9PQ3WHJV", "BAD_CREDENTIAL: ", "does not help",
            })
            {
                Assert.That(said, Is.StringContaining(expected));
            }
        }

        [Test]
        public void In_a_message_loop_continuations_come_back_to_its_thread()
        {
            string said;
            using (Sandbox.LearnerWhoAgrees())
            {
                said = Example("MessageLoop");
            }
            Assert.That(said, Is.StringContaining("Shared: Orla Fennimore\n"));
            Assert.That(said, Is.StringMatching("handled [1-9][0-9]* messages while it waits"));
            Assert.That(said, Is.StringEnding("Stopped.\n"));
        }

        [Test]
        public void In_a_web_application_clients_that_leave_stop_their_requests()
        {
            string said;
            using (Sandbox.LearnerWhoAgrees())
            {
                said = Example("WebApplication");
            }
            Assert.That(said, Is.StringStarting("200 data:image/png;base64,"));
            Assert.That(said, Is.StringContaining("200 of 200 went away\n200 Shared, "));
            Assert.That(said, Is.StringEnding("502 INVALID_INPUT\n"));
        }

        private static string Example(string name)
        {
            string home = Path.GetDirectoryName(typeof(DocumentationTests).Assembly.Location);
            return string.Join("\n", LoadingTests.RunProgram("mono", "\"" + Path.Combine(home, name + ".exe") + "\" " + Sandbox.Url, null));
        }
    }
}
