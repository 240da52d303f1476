// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A profile without its secrets.</summary>
    public sealed class Profile : Model
    {
        internal Profile(JsonObject source)
            : base(source)
        {
            ProfileName = source.Text("profile");
            Ukprn = source.Text("ukprn");
            DisplayName = source.Text("displayName");
            Systems = source.List("systems", JsonObject.AsText);
            UpdatedAt = source.Text("updatedAt");
        }

        /// <summary>The name requests use.</summary>
        public string ProfileName { get; }

        /// <summary>The UKPRN, where it has one.</summary>
        public string Ukprn { get; }

        /// <summary>What people call it.</summary>
        public string DisplayName { get; }

        /// <summary>The systems it has credentials for.</summary>
        public IReadOnlyList<string> Systems { get; }

        /// <summary>When it was last changed.</summary>
        public string UpdatedAt { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Systems), Systems);
        }
    }
}
