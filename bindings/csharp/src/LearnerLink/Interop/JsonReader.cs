using System;
using System.Collections.Generic;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace LearnerLink.Interop
{
    /// <summary>Reads JSON with what every framework has, so that a host's own JSON library never clashes.</summary>
    /// <remarks>
    /// Values are <c>null</c>, <c>bool</c>, <c>string</c>, <see cref="JsonNumber"/>, <see cref="JsonObject"/> and
    /// lists of these. Of a key that comes twice the last value counts. There is no recursion: what is nested
    /// deeply costs memory and not the stack.
    /// </remarks>
    internal static class JsonReader
    {
        private static readonly char[] Noncharacters = { '\ufffe', '\uffff' };

        internal static JsonObject Object(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }
            try
            {
                return Value(text) as JsonObject ?? throw Refused();
            }
            catch (XmlException)
            {
                // Not kept as the cause: its message has some of the text.
                throw Refused();
            }
        }

        private static object Value(string text)
        {
            if (text.IndexOfAny(Noncharacters) >= 0)
            {
                // The framework's reader takes them only when they are escaped.
                text = text.Replace("\ufffe", "\\ufffe").Replace("\uffff", "\\uffff");
            }
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            var root = new Node("", "array");
            var open = new Stack<Node>();
            open.Push(root);
            using (XmlDictionaryReader reader =
                JsonReaderWriterFactory.CreateJsonReader(bytes, XmlDictionaryReaderQuotas.Max))
            {
                while (reader.Read())
                {
                    switch (reader.NodeType)
                    {
                        case XmlNodeType.Element:
                            // A key that is no XML name stands in an attribute.
                            string key = reader.GetAttribute("item") ?? reader.LocalName;
                            open.Push(new Node(key, reader.GetAttribute("type")));
                            break;
                        case XmlNodeType.EndElement:
                            Node ended = open.Pop();
                            open.Peek().Add(ended);
                            break;
                        default:
                            open.Peek().Add(reader.Value);
                            break;
                    }
                }
            }
            return root.Items.Count == 1 ? root.Items[0] : throw Refused();
        }

        private static Exception Refused()
        {
            return Errors.Own(Status.InvalidJson, "INVALID_JSON", "the text is not a JSON object");
        }

        private sealed class Node
        {
            internal readonly List<object> Items;
            private readonly string key;
            private readonly string type;
            private readonly JsonObject members;
            private string text = "";
            private StringBuilder more;

            internal Node(string key, string type)
            {
                this.key = key;
                this.type = type;
                members = type == "object" ? new JsonObject() : null;
                Items = type == "array" ? new List<object>() : null;
            }

            internal void Add(Node ended)
            {
                if (members != null)
                {
                    members.Set(ended.key, ended.Value());
                }
                else
                {
                    Items.Add(ended.Value());
                }
            }

            // A text comes in pieces when it has escapes.
            internal void Add(string piece)
            {
                if (more != null)
                {
                    more.Append(piece);
                }
                else if (text.Length == 0)
                {
                    text = piece;
                }
                else
                {
                    more = new StringBuilder(text).Append(piece);
                }
            }

            private object Value()
            {
                string whole = more == null ? text : more.ToString();
                switch (type)
                {
                    case "object":
                        return members;
                    case "array":
                        return Items;
                    case "string":
                        return whole;
                    case "number":
                        return new JsonNumber(whole);
                    case "boolean":
                        return whole == "true";
                    default:
                        return null;
                }
            }
        }
    }
}
