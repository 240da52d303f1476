using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace LearnerLink.Interop
{
    /// <summary>A JSON object. What is absent is null or an empty list; what is of another type is refused.</summary>
    internal sealed class JsonObject
    {
        // In their order, since it is written again for what is nested.
        private readonly List<KeyValuePair<string, object>> members = new List<KeyValuePair<string, object>>();
        private readonly Dictionary<string, int> places = new Dictionary<string, int>(StringComparer.Ordinal);

        internal IEnumerable<KeyValuePair<string, object>> Members
        {
            get { return members; }
        }

        internal void Set(string key, object value)
        {
            var member = new KeyValuePair<string, object>(key, value);
            if (places.TryGetValue(key, out int place))
            {
                members[place] = member;
                return;
            }
            places.Add(key, members.Count);
            members.Add(member);
        }

        internal string Text(string key)
        {
            return AsText(Find(key), key);
        }

        internal long Integer(string key)
        {
            return OptionalInteger(key) ?? 0;
        }

        internal long? OptionalInteger(string key)
        {
            object value = Find(key);
            if (value == null)
            {
                return null;
            }
            return value is JsonNumber number && number.TryInteger(out long integer) ? integer : throw Unexpected(key);
        }

        internal double Number(string key)
        {
            return OptionalNumber(key) ?? 0;
        }

        internal double? OptionalNumber(string key)
        {
            object value = Find(key);
            if (value == null)
            {
                return null;
            }
            return value is JsonNumber number && number.TryDouble(out double real) ? real : throw Unexpected(key);
        }

        internal bool Boolean(string key)
        {
            return OptionalBoolean(key) ?? false;
        }

        internal bool? OptionalBoolean(string key)
        {
            object value = Find(key);
            if (value == null)
            {
                return null;
            }
            return value is bool boolean ? boolean : throw Unexpected(key);
        }

        /// <summary>A value of any kind as JSON; null when it is absent.</summary>
        internal string Json(string key)
        {
            object value = Find(key);
            return value == null ? null : JsonWriter.Text(value);
        }

        internal T Object<T>(string key, Func<JsonObject, T> read)
            where T : class
        {
            object value = Find(key);
            return value == null ? null : AsObject(read)(value, key);
        }

        internal IReadOnlyList<T> List<T>(string key, Func<object, string, T> read)
        {
            return AsList(read)(Find(key), key);
        }

        internal static string AsText(object value, string key)
        {
            return value == null ? null : value as string ?? throw Unexpected(key);
        }

        internal static long AsInteger(object value, string key)
        {
            return value is JsonNumber number && number.TryInteger(out long integer) ? integer : throw Unexpected(key);
        }

        internal static Func<object, string, T> AsObject<T>(Func<JsonObject, T> read)
        {
            return (value, key) => read(value as JsonObject ?? throw Unexpected(key));
        }

        internal static Func<object, string, IReadOnlyList<T>> AsList<T>(Func<object, string, T> read)
        {
            return (value, key) =>
            {
                var items = new List<T>();
                if (value != null)
                {
                    foreach (object item in value as List<object> ?? throw Unexpected(key))
                    {
                        items.Add(read(item, key));
                    }
                }
                return new ReadOnlyCollection<T>(items);
            };
        }

        private object Find(string key)
        {
            return places.TryGetValue(key, out int place) ? members[place].Value : null;
        }

        private static Exception Unexpected(string key)
        {
            // The value is not told: it may be a person's.
            string message = "the value of `" + key + "` is not of the type that this package knows";
            return Errors.Own(Status.Internal, "INTERNAL", message);
        }
    }
}
