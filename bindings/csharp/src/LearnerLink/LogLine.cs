using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A line of the library's log.</summary>
    public sealed class LogLine
    {
        internal LogLine(string rawJson)
        {
            JsonObject line = JsonReader.Object(rawJson);
            RawJson = rawJson;
            Level = line.Text("level") ?? "";
            Target = line.Text("target") ?? "";
            Message = line.Text("message") ?? "";
        }

        /// <summary><c>error</c>, <c>warn</c>, <c>info</c>, <c>debug</c> or <c>trace</c>; an error is a defect of the library.</summary>
        public string Level { get; }

        /// <summary>The part of the library that says it.</summary>
        public string Target { get; }

        /// <summary>What it says; never personal.</summary>
        public string Message { get; }

        /// <summary>The whole line as JSON, with all its other members.</summary>
        public string RawJson { get; }

        /// <summary>Level, part and message.</summary>
        /// <returns>A line for a log.</returns>
        public override string ToString()
        {
            return Level + " " + Target + ": " + Message;
        }
    }
}
