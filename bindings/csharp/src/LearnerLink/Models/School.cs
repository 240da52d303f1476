// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A school attended.</summary>
    public sealed class School : Model
    {
        internal School(JsonObject source)
            : base(source)
        {
            Name = source.Text("name");
            Urn = source.OptionalInteger("urn");
            AcademicYearStart = source.Text("academicYearStart");
            AcademicYearEnd = source.Text("academicYearEnd");
            TermStart = source.OptionalInteger("termStart");
            TermEnd = source.OptionalInteger("termEnd");
            DisplaySort = source.Integer("displaySort");
        }

        /// <summary>Name.</summary>
        public string Name { get; }

        /// <summary>Unique reference number.</summary>
        public long? Urn { get; }

        /// <summary>First academic year, such as <c>2019/20</c>.</summary>
        public string AcademicYearStart { get; }

        /// <summary>Last academic year; absent while attending.</summary>
        public string AcademicYearEnd { get; }

        /// <summary>First term, 1 to 3.</summary>
        public long? TermStart { get; }

        /// <summary>Last term, 1 to 3.</summary>
        public long? TermEnd { get; }

        /// <summary>VERA's order of display.</summary>
        public long DisplaySort { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
