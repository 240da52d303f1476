using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The requests, responses and methods of every operation, against its schemas.</summary>
    [TestFixture]
    public class SchemaTests
    {
        private static IEnumerable<string> Names
        {
            get { return NativeTests.Operations; }
        }

        [TestCaseSource("Names")]
        public void A_request_has_every_key_of_its_schema_at_any_depth(string name)
        {
            object values = Schemas.Value(Schemas.Operation(name)["request"], true, "ä \"b\" \\ \n 🎓");
            object request = Typed.Request(Typed.TypeOf(Typed.Pascal(name) + "Request"), Json.Object(values));
            string written = (string)NativeTests.Internal("JsonWriter", "Text", typeof(RequestPart), request);
            Json.Has(Json.Read(written), Json.Read(Json.Write(values)));
            Json.Has(Json.Read(Json.Write(values)), Json.Read(written));
        }

        [TestCaseSource("Names")]
        public void An_empty_request_has_no_key(string name)
        {
            object request = Activator.CreateInstance(Typed.TypeOf(Typed.Pascal(name) + "Request"));
            Assert.That(NativeTests.Internal("JsonWriter", "Text", typeof(RequestPart), request), Is.EqualTo("{}"));
        }

        [TestCaseSource("Names")]
        public void Both_forms_take_the_same_request_and_give_the_same_answer(string name)
        {
            Type request = Typed.TypeOf(Typed.Pascal(name) + "Request");
            Type response = Typed.TypeOf(Typed.Pascal(name) + "Response");
            MethodInfo blocking = typeof(Plugin).GetMethod(Typed.Pascal(name), new[] { request });
            MethodInfo asynchronous =
                typeof(Plugin).GetMethod(Typed.Pascal(name) + "Async", new[] { request, typeof(CancellationToken) });
            Assert.That(blocking.ReturnType, Is.EqualTo(response));
            Assert.That(asynchronous.ReturnType, Is.EqualTo(typeof(Task<>).MakeGenericType(response)));
            Assert.That(asynchronous.GetParameters()[1].IsOptional, Is.True);
            Assert.That(
                blocking.GetParameters()[0].IsOptional, Is.EqualTo(asynchronous.GetParameters()[0].IsOptional));
            object[] outcomes = Json.List(Schemas.Operation(name)["outcomes"]);
            IEnumerable<string> constants =
                response.GetNestedType("Outcomes").GetFields().Select(field => (string)field.GetRawConstantValue());
            Assert.That(constants, Is.EqualTo(outcomes.Select(outcome => Json.Object(outcome)["name"])));
        }

        [TestCaseSource("Names")]
        public void A_response_has_every_value_of_its_schema_at_any_depth(string name)
        {
            object values = Schemas.Value(Schemas.Operation(name)["response"], true, "Zoë 🎓");
            object response = FromJson(name, Json.Write(values));
            Compare(response, Json.Read(Json.Write(values)), name);
        }

        [TestCaseSource("Names")]
        public void A_response_may_leave_everything_out(string name)
        {
            object response = FromJson(name, "{}");
            foreach (PropertyInfo property in response.GetType().GetProperties())
            {
                object value = property.GetValue(response, null);
                if (typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string))
                {
                    Assert.That((IEnumerable)value, Is.Empty, property.Name);
                }
            }
            Assert.That(response.ToString(), Is.StringStarting(Typed.Pascal(name) + "Response("));
        }

        private static object FromJson(string name, string json)
        {
            MethodInfo method = Typed.TypeOf(Typed.Pascal(name) + "Response").GetMethod("FromJson");
            return Typed.Invoke(method, null, json);
        }

        private static void Compare(object found, object wanted, string path)
        {
            if (found is Model)
            {
                foreach (KeyValuePair<string, object> member in Json.Object(wanted))
                {
                    // A class has its own name, and a response has one for the list of its outcomes.
                    string own = member.Key == "outcomes" ? "outcomeCounts" : member.Key + "Name";
                    PropertyInfo property = found.GetType().GetProperty(member.Key, Typed.AnyCase)
                        ?? found.GetType().GetProperty(own, Typed.AnyCase);
                    Assert.That(property, Is.Not.Null, path + "." + member.Key);
                    Compare(property.GetValue(found, null), member.Value, path + "." + member.Key);
                }
            }
            else if (wanted is ArrayList items)
            {
                object[] values = ((IEnumerable)found).Cast<object>().ToArray();
                Assert.That(values.Length, Is.EqualTo(items.Count), path);
                for (int place = 0; place < items.Count; place++)
                {
                    Compare(values[place], items[place], path + "[" + place + "]");
                }
            }
            else if (wanted is Dictionary<string, object>)
            {
                Assert.That(Json.Write(Json.Read((string)found)), Is.EqualTo(Json.Write(wanted)), path);
            }
            else
            {
                Assert.That(found, Is.EqualTo(wanted), path);
            }
        }
    }
}
