// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The answer of <c>list_profiles</c>: lists the providers, without their secrets.</summary>
    public sealed class ListProfilesResponse : Response
    {
        private ListProfilesResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Profiles = source.List("profiles", JsonObject.AsObject(value => new Profile(value)));
        }

        /// <summary>The profiles by name.</summary>
        public IReadOnlyList<Profile> Profiles { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static ListProfilesResponse FromJson(string json)
        {
            return new ListProfilesResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Done.</summary>
            public const string Ok = "ok";
        }
    }
}
