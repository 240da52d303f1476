// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A learning event: one achievement or enrolment in a learner's record.</summary>
    public sealed class LearningEvent : Model
    {
        internal LearningEvent(JsonObject source)
            : base(source)
        {
            AchievementAwardDate = source.Text("achievementAwardDate");
            AchievementProviderName = source.Text("achievementProviderName");
            AchievementProviderUkprn = source.Text("achievementProviderUkprn");
            AwardingOrganisationName = source.Text("awardingOrganisationName");
            AwardingOrganisationUkprn = source.Text("awardingOrganisationUkprn");
            CollectionType = source.Text("collectionType");
            Credits = source.Text("credits");
            DateLoaded = source.Text("dateLoaded");
            Grade = source.Text("grade");
            Id = source.Text("id");
            LanguageForAssessment = source.Text("languageForAssessment");
            Level = source.Text("level");
            ParticipationEndDate = source.Text("participationEndDate");
            ParticipationStartDate = source.Text("participationStartDate");
            QualificationType = source.Text("qualificationType");
            Restriction = source.Text("restriction");
            ReturnNumber = source.Text("returnNumber");
            Source = source.Text("source");
            Status = source.Text("status");
            Subject = source.Text("subject");
            SubjectCode = source.Text("subjectCode");
            UnderDataChallenge = source.Text("underDataChallenge");
        }

        /// <summary>When it was awarded, <c>YYYY-MM-DD</c>.</summary>
        public string AchievementAwardDate { get; }

        /// <summary>Name of the provider.</summary>
        public string AchievementProviderName { get; }

        /// <summary>UKPRN of the provider.</summary>
        public string AchievementProviderUkprn { get; }

        /// <summary>Name of the awarding organisation.</summary>
        public string AwardingOrganisationName { get; }

        /// <summary>UKPRN of the awarding organisation; may be six letters.</summary>
        public string AwardingOrganisationUkprn { get; }

        /// <summary>The collection it came from: a code of the service.</summary>
        public string CollectionType { get; }

        /// <summary>Credits, a whole number.</summary>
        public string Credits { get; }

        /// <summary>When it was loaded, <c>YYYY-MM-DD HH:MM:SS</c> without a time zone.</summary>
        public string DateLoaded { get; }

        /// <summary>Grade; ten nines mean that it is not known.</summary>
        public string Grade { get; }

        /// <summary>Number of the event.</summary>
        public string Id { get; }

        /// <summary>Language of the assessment.</summary>
        public string LanguageForAssessment { get; }

        /// <summary>Level of the qualification.</summary>
        public string Level { get; }

        /// <summary>When taking part ended, <c>YYYY-MM-DD</c>.</summary>
        public string ParticipationEndDate { get; }

        /// <summary>When taking part began, <c>YYYY-MM-DD</c>.</summary>
        public string ParticipationStartDate { get; }

        /// <summary>Type of the qualification.</summary>
        public string QualificationType { get; }

        /// <summary>Whether the event is restricted: a code of the service.</summary>
        public string Restriction { get; }

        /// <summary>Number of the return, with its leading zero.</summary>
        public string ReturnNumber { get; }

        /// <summary>Where the event comes from, such as <c>ILR</c>, <c>NPD</c> or <c>AO</c>.</summary>
        public string Source { get; }

        /// <summary>Status of the event: a code of the service.</summary>
        public string Status { get; }

        /// <summary>Subject.</summary>
        public string Subject { get; }

        /// <summary>Code of the subject; text.</summary>
        public string SubjectCode { get; }

        /// <summary><c>Y</c> while the learner challenges the event, otherwise <c>N</c>.</summary>
        public string UnderDataChallenge { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Status), Status);
        }
    }
}
