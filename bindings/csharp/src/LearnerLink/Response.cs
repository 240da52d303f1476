using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of an operation. Answers about a learner, such as "not shared", are its outcome.</summary>
    public abstract class Response : Model
    {
        internal Response(string rawJson, JsonObject source)
            : base(source)
        {
            RawJson = rawJson;
            Outcome = source.Text("outcome");
        }

        /// <summary>One of the operation's outcomes; a newer library may have more.</summary>
        public string Outcome { get; }

        /// <summary>The exact text the library gave.</summary>
        public override string RawJson { get; }
    }
}
