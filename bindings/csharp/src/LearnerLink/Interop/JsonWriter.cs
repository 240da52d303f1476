using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LearnerLink.Interop
{
    /// <summary>Writes JSON with its letters as they are, so that what is no Unicode is found later.</summary>
    internal sealed class JsonWriter
    {
        private readonly StringBuilder text = new StringBuilder();
        private bool first = true;

        /// <summary>A request as JSON.</summary>
        internal static string Text(RequestPart part)
        {
            var json = new JsonWriter();
            json.Object(part);
            return json.text.ToString();
        }

        /// <summary>A value of the reader as JSON again. Without recursion, as it was read.</summary>
        internal static string Text(object value)
        {
            var json = new JsonWriter();
            var open = new Stack<KeyValuePair<IEnumerator<KeyValuePair<string, object>>, char>>();
            json.Begin(value, open);
            while (open.Count > 0)
            {
                IEnumerator<KeyValuePair<string, object>> members = open.Peek().Key;
                if (!members.MoveNext())
                {
                    json.Close(open.Pop().Value);
                    continue;
                }
                if (members.Current.Key == null)
                {
                    json.Comma();
                }
                else
                {
                    json.Key(members.Current.Key);
                }
                json.Begin(members.Current.Value, open);
            }
            return json.text.ToString();
        }

        internal void Add(string key, string value)
        {
            if (value != null)
            {
                Key(key);
                String(value);
            }
        }

        internal void Add(string key, long? value)
        {
            if (value != null)
            {
                Key(key);
                text.Append(value.Value.ToString(CultureInfo.InvariantCulture));
            }
        }

        internal void Add(string key, double? value)
        {
            if (value != null)
            {
                Key(key);
                text.Append(value.Value.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        internal void Add(string key, bool? value)
        {
            if (value != null)
            {
                Key(key);
                text.Append(value.Value ? "true" : "false");
            }
        }

        internal void Add(string key, RequestPart value)
        {
            if (value != null)
            {
                Key(key);
                Object(value);
            }
        }

        internal void Add(string key, IEnumerable<string> values)
        {
            if (values != null)
            {
                Open(key, '[');
                foreach (string value in values)
                {
                    Comma();
                    String(value);
                }
                Close(']');
            }
        }

        internal void Add(string key, IEnumerable<long> values)
        {
            if (values != null)
            {
                Open(key, '[');
                foreach (long value in values)
                {
                    Comma();
                    text.Append(value.ToString(CultureInfo.InvariantCulture));
                }
                Close(']');
            }
        }

        internal void Add(string key, IEnumerable<RequestPart> values)
        {
            if (values != null)
            {
                Open(key, '[');
                foreach (RequestPart value in values)
                {
                    Comma();
                    Object(value);
                }
                Close(']');
            }
        }

        /// <summary>Adds an object that is JSON already; it is read first, so that it cannot add keys around it.</summary>
        internal void AddJson(string key, string json)
        {
            if (json != null)
            {
                Key(key);
                text.Append(Text((object)JsonReader.Object(json)));
            }
        }

        private void Object(RequestPart part)
        {
            Open('{');
            if (part != null)
            {
                part.WriteTo(this);
            }
            Close('}');
        }

        private void Begin(object value, Stack<KeyValuePair<IEnumerator<KeyValuePair<string, object>>, char>> open)
        {
            if (value is JsonObject members)
            {
                Open('{');
                open.Push(Pair(members.Members.GetEnumerator(), '}'));
            }
            else if (value is List<object> items)
            {
                Open('[');
                open.Push(Pair(Keyless(items).GetEnumerator(), ']'));
            }
            else if (value is string word)
            {
                String(word);
            }
            else if (value is JsonNumber number)
            {
                text.Append(number.Text);
            }
            else
            {
                text.Append(value == null ? "null" : (bool)value ? "true" : "false");
            }
        }

        private static KeyValuePair<IEnumerator<KeyValuePair<string, object>>, char> Pair(
            IEnumerator<KeyValuePair<string, object>> members, char end)
        {
            return new KeyValuePair<IEnumerator<KeyValuePair<string, object>>, char>(members, end);
        }

        private static IEnumerable<KeyValuePair<string, object>> Keyless(List<object> items)
        {
            foreach (object item in items)
            {
                yield return new KeyValuePair<string, object>(null, item);
            }
        }

        private void Open(string key, char bracket)
        {
            Key(key);
            Open(bracket);
        }

        private void Open(char bracket)
        {
            text.Append(bracket);
            first = true;
        }

        private void Close(char bracket)
        {
            text.Append(bracket);
            first = false;
        }

        private void Comma()
        {
            if (!first)
            {
                text.Append(',');
            }
            first = false;
        }

        private void Key(string key)
        {
            Comma();
            String(key);
            text.Append(':');
        }

        private void String(string value)
        {
            if (value == null)
            {
                text.Append("null");
                return;
            }
            text.Append('"');
            foreach (char letter in value)
            {
                if (letter == '"' || letter == '\\')
                {
                    text.Append('\\').Append(letter);
                }
                else if (letter < ' ')
                {
                    text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    text.Append(letter);
                }
            }
            text.Append('"');
        }
    }
}
