// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A course of a term.</summary>
    public sealed class StudentCourse : Model
    {
        internal StudentCourse(JsonObject source)
            : base(source)
        {
            CourseTitle = source.Text("courseTitle");
            FinalMarkValue = source.Text("finalMarkValue");
            CreditsEarned = source.Text("creditsEarned");
        }

        /// <summary>The title.</summary>
        public string CourseTitle { get; }

        /// <summary>The mark at the end.</summary>
        public string FinalMarkValue { get; }

        /// <summary>Credits earned.</summary>
        public string CreditsEarned { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
