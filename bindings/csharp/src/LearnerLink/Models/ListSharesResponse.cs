// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>list_shares</c>: lists the shares in the store, newest first.</summary>
    public sealed class ListSharesResponse : Response
    {
        private ListSharesResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Shares = source.List("shares", JsonObject.AsObject(value => new Share(value)));
        }

        /// <summary>The shares, newest first.</summary>
        public IReadOnlyList<Share> Shares { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ListSharesResponse FromJson(string json)
        {
            return new ListSharesResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
