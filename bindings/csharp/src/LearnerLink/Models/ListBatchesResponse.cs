// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>list_batches</c>: lists batches, newest first.</summary>
    public sealed class ListBatchesResponse : Response
    {
        private ListBatchesResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Batches = source.List("batches", JsonObject.AsObject(value => new BatchEntry(value)));
        }

        /// <summary>The batches, newest first.</summary>
        public IReadOnlyList<BatchEntry> Batches { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ListBatchesResponse FromJson(string json)
        {
            return new ListBatchesResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
