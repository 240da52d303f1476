// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>When eligibility was last recorded. Special category.</summary>
    public sealed class FreeSchoolMealTerm : Model
    {
        internal FreeSchoolMealTerm(JsonObject source)
            : base(source)
        {
            Term = source.OptionalInteger("term");
            AcademicYear = source.Text("academicYear");
        }

        /// <summary>1 autumn, 2 spring, 3 summer.</summary>
        public long? Term { get; }

        /// <summary>Such as <c>2024/25</c>.</summary>
        public string AcademicYear { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
