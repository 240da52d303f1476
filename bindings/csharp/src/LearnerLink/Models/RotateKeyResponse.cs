// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>rotate_key</c>: seals everything anew under a new key.</summary>
    public sealed class RotateKeyResponse : Response
    {
        private RotateKeyResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Resealed = source.Integer("resealed");
            Unreadable = source.Integer("unreadable");
        }

        /// <summary>How many values were sealed anew.</summary>
        public long Resealed { get; }

        /// <summary>How many do not open, because they were altered or moved; they are left as they are.</summary>
        public long Unreadable { get; }

        internal override string Shown()
        {
            return Show(false, nameof(Outcome), Outcome, nameof(Resealed), Resealed, nameof(Unreadable), Unreadable);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static RotateKeyResponse FromJson(string json)
        {
            return new RotateKeyResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
