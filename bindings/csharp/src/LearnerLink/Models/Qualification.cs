// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A qualification.</summary>
    public sealed class Qualification : Model
    {
        internal Qualification(JsonObject source)
            : base(source)
        {
            Title = source.Text("title");
            Qan = source.Text("qan");
            AwardDate = source.Text("awardDate");
            ProviderName = source.Text("providerName");
            AwardingBody = source.Text("awardingBody");
            Level = source.Text("level");
            Grade = source.Text("grade");
            UnderDataChallenge = source.Boolean("underDataChallenge");
            DisplaySort = source.Integer("displaySort");
        }

        /// <summary>Title.</summary>
        public string Title { get; }

        /// <summary>Qualification accreditation number, with its punctuation.</summary>
        public string Qan { get; }

        /// <summary>Date of award.</summary>
        public string AwardDate { get; }

        /// <summary>Where it was taken.</summary>
        public string ProviderName { get; }

        /// <summary>Who awarded it.</summary>
        public string AwardingBody { get; }

        /// <summary>Level.</summary>
        public string Level { get; }

        /// <summary>Grade, a free text.</summary>
        public string Grade { get; }

        /// <summary>Whether the learner disputes it; warn the user when <c>true</c>.</summary>
        public bool UnderDataChallenge { get; }

        /// <summary>VERA's order of display.</summary>
        public long DisplaySort { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
