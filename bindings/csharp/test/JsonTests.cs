using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The reader of JSON: whatever comes is read, or refused without a word of it.</summary>
    [TestFixture]
    public class JsonTests
    {
        [TestCase("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "a\"\\/\b\f\n\r\té")]
        [TestCase("\"\\ud83c\\udf93 🎓\"", "🎓 🎓")]
        [TestCase("\"  \"", "  ")]
        [TestCase("\"\"", "")]
        [TestCase("null", null)]
        public void Texts_are_read_as_they_are_written(string json, string text)
        {
            Assert.That(Message("{ \"outcome\" : \"x\",\n\t\"message\":" + json + " }"), Is.EqualTo(text));
        }

        [Test]
        public void What_is_no_character_is_read_all_the_same()
        {
            // Not as cases: their names are written as XML.
            Assert.That(Message("{\"message\":\"\\ud800 x\"}") == "\ud800 x", Is.True);
            Assert.That(Message("{\"message\":\"x \\udf93\"}") == "x \udf93", Is.True);
            Assert.That(Message("{\"message\":\"\\u0000\\u0001\"}") == "\0\u0001", Is.True);
            Assert.That(Message("{\"message\":\"a\ufffe\uffffb\\uffff\"}") == "a\ufffe\uffffb\uffff", Is.True);
        }

        [TestCase("{\"message\":\"1\",\"message\":\"2\"}", "2")]
        [TestCase("{\"a b\":1,\"\":2,\"item\":3,\"a:b\":4,\"__type\":\"x\",\"root\":{},\"1\":[],\"message\":\"2\"}", "2")]
        [TestCase("{\"n\":[1e999,-123456789012345678901234567890.123,0.1],\"message\":\"2\"}", "2")]
        [TestCase("{\"\\ud800\":1,\"é\":{\"ß\":[[],[[]],{}]},\"message\":\"2\"}", "2")]
        public void Keys_numbers_and_lists_of_any_kind_do_not_matter(string json, string text)
        {
            Assert.That(Message(json), Is.EqualTo(text));
        }

        [TestCase("")]
        [TestCase("[]")]
        [TestCase("7")]
        [TestCase("null")]
        [TestCase("{")]
        [TestCase("{\"secret\":\"Súilleabháin")]
        [TestCase("{\"secret\":\"Súilleabháin\"]")]
        [TestCase("{\"secret\":Súilleabháin}")]
        public void What_is_no_object_is_refused_without_telling_it(string json)
        {
            var error = TestBase.Thrown<LearnerLinkInputException>(() => PollLearnerDataResponse.FromJson(json));
            Assert.That(error.Code, Is.EqualTo("INVALID_JSON"));
            Assert.That(error.ToString(), Is.Not.StringContaining("Súilleabháin"));
            Assert.That(error.InnerException, Is.Null);
        }

        [Test]
        public void What_is_nested_a_hundred_thousand_deep_is_read_and_written()
        {
            const int Depth = 100000;
            string deep = string.Concat(Enumerable.Repeat("{\"a\":[", Depth)) + "1" + string.Concat(Enumerable.Repeat("]}", Depth));
            PollLearnerDataResponse response = PollLearnerDataResponse.FromJson("{\"message\":\"2\",\"record\":{\"x\":" + deep + "}}");
            Assert.That(response.Message, Is.EqualTo("2"));
            Assert.That(response.Record.RawJson == "{\"x\":" + deep + "}", Is.True);
        }

        [Test]
        public void A_mebibyte_is_read_in_less_than_a_second()
        {
            string piece = "Zoë \\\"🎓\\\"\\n";
            string json = "{\"message\":\"" + string.Concat(Enumerable.Repeat(piece, 1 << 17)) + "\"}";
            Stopwatch watch = Stopwatch.StartNew();
            string message = Message(json);
            Console.WriteLine("{0} KiB of JSON in {1} ms", Encoding.UTF8.GetByteCount(json) >> 10, watch.ElapsedMilliseconds);
            Assert.That(message.Length, Is.EqualTo(9 << 17));
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(1000));
        }

        [Test]
        public void A_free_form_object_of_a_request_cannot_add_keys_around_it()
        {
            var result = new EnrollmentResult { Ext = "{\"a\":1},\"state\":\"x\"" };
            TestBase.Thrown<LearnerLinkInputException>(() => Written(result));
            result.Ext = " { \"a\" : [1.0, true] } ";
            Assert.That(Written(result), Is.EqualTo("{\"ext\":{\"a\":[1.0,true]}}"));
        }

        [Test]
        public void Numbers_and_flags_are_written_for_every_culture_alike()
        {
            var before = System.Threading.Thread.CurrentThread.CurrentCulture;
            System.Threading.Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("nl-NL");
            try
            {
                Assert.That(Written(new StudyLoad { Value = 7.5 }), Is.EqualTo("{\"value\":7.5}"));
                Assert.That(Written(new LrsCredential { VendorId = -1 }), Is.EqualTo("{\"vendorId\":-1}"));
            }
            finally
            {
                System.Threading.Thread.CurrentThread.CurrentCulture = before;
            }
        }

        private static string Written(RequestPart part)
        {
            return (string)NativeTests.Internal("JsonWriter", "Text", typeof(RequestPart), part);
        }

        private static string Message(string json)
        {
            PollLearnerDataResponse response = PollLearnerDataResponse.FromJson(json);
            Assert.That(response.RawJson, Is.EqualTo(json));
            return response.Message;
        }
    }
}
