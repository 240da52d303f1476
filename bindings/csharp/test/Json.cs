using System;
using System.Collections;
using System.Collections.Generic;
using System.Web.Script.Serialization;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>JSON by another reader than the one that is tested.</summary>
    internal static class Json
    {
        private static readonly JavaScriptSerializer Serializer =
            new JavaScriptSerializer { MaxJsonLength = int.MaxValue, RecursionLimit = 1000 };

        internal static Dictionary<string, object> Read(string text)
        {
            return Serializer.Deserialize<Dictionary<string, object>>(text);
        }

        internal static string Write(object value)
        {
            return Serializer.Serialize(value);
        }

        internal static Dictionary<string, object> Object(object value)
        {
            return (Dictionary<string, object>)value;
        }

        internal static object[] List(object value)
        {
            return ((ArrayList)value).ToArray();
        }

        /// <summary>A member at a path of keys, such as <c>handles.plugin</c>; null where there is none.</summary>
        internal static object At(string text, string path)
        {
            object found = Read(text);
            foreach (string key in path.Split('.'))
            {
                var members = found as Dictionary<string, object>;
                if (members == null || !members.TryGetValue(key, out found))
                {
                    return null;
                }
            }
            return found;
        }

        /// <summary>Checks that a value has all that is wanted, at any depth; it may have more.</summary>
        internal static void Has(object found, object wanted, string path = "")
        {
            if (wanted is Dictionary<string, object> members)
            {
                Assert.That(found, Is.InstanceOf<Dictionary<string, object>>(), path);
                foreach (KeyValuePair<string, object> member in members)
                {
                    Assert.That(Object(found).ContainsKey(member.Key), path + "." + member.Key);
                    Has(Object(found)[member.Key], member.Value, path + "." + member.Key);
                }
            }
            else if (wanted is ArrayList items)
            {
                Assert.That(List(found).Length, Is.EqualTo(items.Count), path);
                for (int place = 0; place < items.Count; place++)
                {
                    Has(List(found)[place], items[place], path + "[" + place + "]");
                }
            }
            else
            {
                Assert.That(found, Is.EqualTo(wanted), path);
            }
        }
    }
}
