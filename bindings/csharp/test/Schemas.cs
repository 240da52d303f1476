using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace LearnerLink.Tests
{
    /// <summary>The schemas of the operations, and values that they allow.</summary>
    internal static class Schemas
    {
        private static readonly Dictionary<string, Dictionary<string, object>> Operations =
            Json.List(Json.Read(TestBase.Text("include/catalogue.json"))["operations"]).Select(Json.Object)
                .ToDictionary(operation => (string)operation["name"]);

        internal static Dictionary<string, object> Operation(string name)
        {
            return Operations[name];
        }

        internal static Dictionary<string, object> Properties(object schema)
        {
            return Json.Object(Json.Object(schema)["properties"]);
        }

        /// <summary>A value that a schema allows, with every key of its objects, or with those required alone.</summary>
        internal static object Value(object schema, bool everyKey, string text)
        {
            Dictionary<string, object> one = Variant(Json.Object(schema));
            if (one.ContainsKey("oneOf") && Json.Object(Json.List(one["oneOf"])[0]).ContainsKey("const"))
            {
                return Json.Object(Json.List(one["oneOf"])[0])["const"];
            }
            if (one.ContainsKey("properties"))
            {
                object[] required = one.ContainsKey("required") ? Json.List(one["required"]) : new object[0];
                return Properties(one).Where(property => everyKey || required.Contains(property.Key))
                    .ToDictionary(property => property.Key, property => Value(property.Value, everyKey, text));
            }
            switch (TypeOf(one))
            {
                case "array":
                    return new ArrayList { Value(one["items"], everyKey, text) };
                case "integer":
                    return one.ContainsKey("minimum") ? one["minimum"] : 1;
                case "number":
                    return 1.5m;
                case "boolean":
                    return !everyKey ? (object)false : true;
                case "string":
                    return text;
                default:
                    return new Dictionary<string, object> { { "any", text } };
            }
        }

        private static Dictionary<string, object> Variant(Dictionary<string, object> schema)
        {
            if (!schema.ContainsKey("anyOf"))
            {
                return schema;
            }
            return Json.List(schema["anyOf"]).Select(Json.Object).First(one => TypeOf(one) != "null");
        }

        private static string TypeOf(Dictionary<string, object> schema)
        {
            if (!schema.TryGetValue("type", out object type))
            {
                return null;
            }
            return type as string ?? (string)Json.List(type).First(word => (string)word != "null");
        }
    }
}
