// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A term of a transcript.</summary>
    public sealed class StudentTerm : Model
    {
        internal StudentTerm(JsonObject source)
            : base(source)
        {
            SchoolYear = source.Text("schoolYear");
            Session = source.Text("session");
            CumulativeGpa = source.Text("cumulativeGpa");
            TotalCreditsEarned = source.Text("totalCreditsEarned");
            Courses = source.List("courses", JsonObject.AsObject(value => new StudentCourse(value)));
        }

        /// <summary>The year.</summary>
        public string SchoolYear { get; }

        /// <summary>The session, such as <c>Semester 1</c>.</summary>
        public string Session { get; }

        /// <summary>Cumulative grade point average.</summary>
        public string CumulativeGpa { get; }

        /// <summary>Credits earned.</summary>
        public string TotalCreditsEarned { get; }

        /// <summary>Courses with their marks.</summary>
        public IReadOnlyList<StudentCourse> Courses { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
