using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An object of a response: read-only, tolerant of keys it does not know, and discreet when printed.</summary>
    /// <remarks>What the library left out is null, or an empty list.</remarks>
    public abstract class Model
    {
        private readonly JsonObject source;

        internal Model(JsonObject source)
        {
            this.source = source;
        }

        /// <summary>The object as JSON, with every key the library gave. For a response it is the exact text.</summary>
        public virtual string RawJson
        {
            get { return JsonWriter.Text((object)source); }
        }

        /// <summary>The outcome and counts, and nothing about a person, so that it may stand in a log.</summary>
        /// <returns>A line for people.</returns>
        public override string ToString()
        {
            return Shown();
        }

        internal abstract string Shown();

        internal string Show(bool hides, params object[] namesAndValues)
        {
            var parts = new List<string>();
            for (int place = 0; place < namesAndValues.Length; place += 2)
            {
                object value = namesAndValues[place + 1];
                if (value != null)
                {
                    parts.Add(namesAndValues[place] + "=" + Text(value));
                }
            }
            if (hides)
            {
                parts.Add("...");
            }
            return GetType().Name + "(" + string.Join(", ", parts) + ")";
        }

        private static string Text(object value)
        {
            return value is IEnumerable<string> words
                ? "[" + string.Join(", ", words) + "]"
                : Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }
}
