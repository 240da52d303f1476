// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The load, of courses and programmes.</summary>
    public sealed class StudyLoad : RequestPart
    {
        /// <summary>
        /// The unit. One of <c>contacttime</c>, <c>ects</c>, <c>sbu</c>, <c>sp</c>, <c>hour</c>. Required.
        /// </summary>
        public string StudyLoadUnit { get; set; }

        /// <summary>How many of them. Required.</summary>
        public double? Value { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("studyLoadUnit", StudyLoadUnit);
            json.Add("value", Value);
        }
    }
}
