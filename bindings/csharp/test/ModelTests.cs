using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization.Formatters.Binary;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>Models, shares, outcomes and exceptions as values.</summary>
    [TestFixture]
    public class ModelTests : TestBase
    {
        private const string Polled = "{\"outcome\":\"shared\", \"message\":\"The learner shared their record.\","
            + "\"profile\":\"10099901\",\"deadlineAt\":\"2026-11-22T09:00:00.123456789Z\",\"polls\":2,"
            + "\"record\":{\"uln\":\"5123456782\",\"ulnValid\":true,\"lastName\":\"Súilleabháin\",\"primarySENType\":\"SLD\","
            + "\"qualifications\":[{\"title\":\"Maths\",\"grade\":\"A*\",\"underDataChallenge\":false,\"displaySort\":1}],"
            + "\"later\":{\"b\":[1.50,null,\"\\ud83c\\udf93\"],\"a\":-0.0}},\"new\":[{}]}";

        [Test]
        public void Unknown_keys_are_kept_and_the_text_is_exact()
        {
            PollLearnerDataResponse polled = PollLearnerDataResponse.FromJson(Polled);
            Assert.That(polled.RawJson, Is.EqualTo(Polled));
            Assert.That(polled.Record.PrimarySenType, Is.EqualTo("SLD"));
            Assert.That(polled.Record.FirstName, Is.Null);
            Assert.That(polled.Record.Schools, Is.Empty);
            Assert.That(polled.Record.Qualifications.Single().Grade, Is.EqualTo("A*"));
            Assert.That(
                polled.Record.RawJson,
                Is.StringEnding(",\"later\":{\"b\":[1.50,null,\"\ud83c\udf93\"],\"a\":-0.0}}"));
            Json.Has(Json.Read(polled.Record.RawJson), Json.Read(Polled)["record"]);
        }

        [Test]
        public void Nothing_personal_is_printed()
        {
            PollLearnerDataResponse polled = PollLearnerDataResponse.FromJson(Polled);
            var outcome = new ShareOutcome(polled);
            string shown = string.Join(" ", polled, polled.Record, outcome, polled.Record.Qualifications[0]);
            foreach (string personal in new[] { "5123456782", "Súilleabháin", "SLD", "Maths", "10099901" })
            {
                Assert.That(shown, Is.Not.StringContaining(personal));
            }
            Assert.That(
                shown,
                Is.EqualTo(
                    "PollLearnerDataResponse(Outcome=shared, DeadlineAt=2026-11-22T09:00:00.123456789Z, Polls=2, ...) "
                        + "LearnerRecord(...) ShareOutcome(State=Shared) Qualification(...)"));
            Assert.That(new GenerateQrRequest { Ukprn = "10099901" }.ToString(), Is.Not.StringContaining("10099901"));
            Assert.That(PluginOptions.FromJson("{\"vaultKey\":\"x\"}").ToString(), Is.Not.StringContaining("vaultKey"));
        }

        [Test]
        public void A_value_of_another_type_is_refused_without_telling_it()
        {
            foreach (string json in new[]
            {
                "{\"polls\":\"5123456782\"}", "{\"polls\":5123456782.5}", "{\"polls\":99999999999999999999}",
                "{\"message\":5123456782}", "{\"record\":[5123456782]}", "{\"record\":{\"schools\":{\"x\":5123456782}}}",
                "{\"record\":{\"ulnValid\":5123456782}}",
            })
            {
                var error = Thrown<LearnerLinkInternalException>(() => PollLearnerDataResponse.FromJson(json));
                Assert.That(error.ToString(), Is.Not.StringContaining("5123456782"));
            }
        }

        [Test]
        public void Every_word_of_the_library_is_a_state_and_a_new_one_is_another()
        {
            foreach (object outcome in Json.List(Schemas.Operation("poll_learner_data")["outcomes"]))
            {
                string word = (string)Json.Object(outcome)["name"];
                ShareState state = StateOf(word);
                Assert.That(state.ToString(), Is.EqualTo(word).IgnoreCase);
            }
            Assert.That(StateOf("postponed"), Is.EqualTo(ShareState.Other));
        }

        [Test]
        public void A_share_has_what_a_page_shows()
        {
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                QrShare share = plugin.GenerateQrCode("10099901");
                Assert.That(share.ImageBytes.Take(4), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
                Assert.That(share.MediaType, Is.EqualTo("image/png"));
                Assert.That(share.DataUri, Is.StringStarting("data:image/png;base64,"));
                Assert.That(share.ExpiresAt, Is.GreaterThan(DateTimeOffset.UtcNow));
                Assert.That(share.ExpiresAt.Offset, Is.EqualTo(TimeSpan.Zero));
                Assert.That(Json.At(share.RawJson, "url"), Is.EqualTo(share.Url));
                Assert.That(share.ToString(), Is.Not.StringContaining(share.CorrelationId).And.Not.StringContaining(share.Url));
                QrShare text = plugin.GenerateQrCode(new GenerateQrRequest { Ukprn = "10099901", Formats = new[] { "text" } });
                Assert.That(text.ImageBytes, Is.Empty);
                Assert.That(text.MediaType + text.DataUri, Is.Empty);
                Assert.That(text.Response.Text, Is.Not.Empty);
            }
        }

        [Test]
        public void A_time_is_read_to_the_second_whatever_its_fraction()
        {
            var share = new QrShare(GenerateQrResponse.FromJson("{\"deadlineAt\":\"2026-11-22T09:00:00.123456789Z\"}"));
            Assert.That(share.ExpiresAt, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero)));
        }

        [Test]
        public void A_wait_that_runs_out_is_pending_and_a_kept_id_is_enough()
        {
            var now = new WaitOptions { Timeout = TimeSpan.Zero, User = "clerk@example.test", TraceId = "t-1" };
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                QrShare share = plugin.GenerateQrCode("10099901");
                ShareOutcome outcome = plugin.WaitForLearnerData(share.CorrelationId, now);
                Assert.That(outcome.State, Is.EqualTo(ShareState.Pending));
                Assert.That(outcome.Record, Is.Null);
                Assert.That(plugin.WaitForLearnerData(share, now).State, Is.EqualTo(ShareState.Pending));
            }
        }

        [Test]
        public void A_request_to_a_phone_is_waited_for_alike()
        {
            var now = new WaitOptions { Timeout = TimeSpan.Zero };
            using (Plugin plugin = Plugin.Open(Sandbox.Options))
            {
                RequestShareResponse asked = plugin.RequestShare(
                    new RequestShareRequest { Ukprn = "10099901", MobileNumber = "07700900123", DateOfBirth = "2008-09-02" });
                Assert.That(plugin.WaitForLearnerData(asked, now).State, Is.EqualTo(ShareState.Pending));
                RequestShareResponse unknown = RequestShareResponse.FromJson("{\"outcome\":\"unknown\"}");
                Thrown<ArgumentException>(() => plugin.WaitForLearnerData(unknown));
                Thrown<ArgumentNullException>(() => plugin.WaitForLearnerData((QrShare)null));
            }
        }

        [TestCase(100, "X", typeof(LearnerLinkUsageException))]
        [TestCase(299, "X", typeof(LearnerLinkInputException))]
        [TestCase(300, "X", typeof(LearnerLinkStoreException))]
        [TestCase(400, "X", typeof(LearnerLinkRemoteException))]
        [TestCase(410, "BAD_CREDENTIAL", typeof(LearnerLinkAuthenticationException))]
        [TestCase(411, "AUTH_CONFIG", typeof(LearnerLinkAuthenticationException))]
        [TestCase(412, "AUTH_REJECTED", typeof(LearnerLinkAuthenticationException))]
        [TestCase(900, "X", typeof(LearnerLinkInternalException))]
        [TestCase(2, "TIMED_OUT", typeof(LearnerLinkTimeoutException))]
        [TestCase(77, "X", typeof(LearnerLinkException))]
        public void An_exception_is_chosen_by_code_then_by_status_and_can_be_carried(int status, string code, Type type)
        {
            string json = "{\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"m\",\"details\":{\"secret\":1}}";
            LearnerLinkException error = LearnerLinkException.FromJson(json);
            Assert.That(error.GetType(), Is.EqualTo(type));
            var again = (LearnerLinkException)Carried(error);
            Assert.That(again.GetType(), Is.EqualTo(type));
            Assert.That(again.Code + again.Status + again.Message, Is.EqualTo(code + status + "m"));
            Assert.That(again.RawJson, Is.EqualTo(json));
            Assert.That(again.ToString(), Is.EqualTo(code + ": m (" + status + ")"));
        }

        [Test]
        public void The_exception_of_a_library_that_does_not_load_can_be_carried()
        {
            var tried = new[] { new KeyValuePair<string, string>("/a", "no such file") };
            var error = (LearnerLinkNativeLibraryException)Activator.CreateInstance(
                typeof(LearnerLinkNativeLibraryException), NativeTests.Hidden, null, new object[] { "m", "missing", tried }, null);
            var again = (LearnerLinkNativeLibraryException)Carried(error);
            Assert.That(again.Hint, Is.EqualTo("missing"));
            Assert.That(again.Tried, Is.EqualTo(tried));
            Assert.That(again.Code, Is.EqualTo("LIBRARY_NOT_LOADED"));
        }

        [Test]
        public void An_exception_that_was_thrown_tells_where()
        {
            var error = Thrown<LearnerLinkUsageException>(() => Plugin.Open(PluginOptions.FromJson("\0")));
            string[] lines = error.ToString().Split('\n');
            Assert.That(lines[0].TrimEnd(), Is.EqualTo("INVALID_UTF8: the configuration has a NUL character (101)"));
            Assert.That(error.ToString(), Is.StringContaining("Plugin.Open"));
        }

        private static ShareState StateOf(string word)
        {
            return new ShareOutcome(PollLearnerDataResponse.FromJson("{\"outcome\":\"" + word + "\"}")).State;
        }

        private static object Carried(Exception error)
        {
            using (var stream = new MemoryStream())
            {
                new BinaryFormatter().Serialize(stream, error);
                stream.Position = 0;
                return new BinaryFormatter().Deserialize(stream);
            }
        }
    }
}
