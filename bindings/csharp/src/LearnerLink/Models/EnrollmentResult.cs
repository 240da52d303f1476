// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The result; it replaces the one before.</summary>
    public sealed class EnrollmentResult : RequestPart
    {
        /// <summary>
        /// How far it has come. One of <c>in progress</c>, <c>postponed</c>, <c>completed</c>, <c>queued</c>.
        /// Required.
        /// </summary>
        public string State { get; set; }

        /// <summary>Whether it was passed. One of <c>unknown</c>, <c>passed</c>, <c>failed</c>.</summary>
        public string Pass { get; set; }

        /// <summary>A remark.</summary>
        public string Comment { get; set; }

        /// <summary>The mark, by the scale of the offering; decimals with a point.</summary>
        public string Score { get; set; }

        /// <summary>When it was had, <c>YYYY-MM-DD</c>. Required.</summary>
        public string ResultDate { get; set; }

        /// <summary>The load, of courses and programmes.</summary>
        public StudyLoad StudyLoad { get; set; }

        /// <summary>The weight in percent, of components.</summary>
        public long? Weight { get; set; }

        /// <summary>
        /// What else is to be said; <c>resultValueType</c> is added when the scale is known. As JSON.
        /// </summary>
        public string Ext { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("state", State);
            json.Add("pass", Pass);
            json.Add("comment", Comment);
            json.Add("score", Score);
            json.Add("resultDate", ResultDate);
            json.Add("studyLoad", StudyLoad);
            json.Add("weight", Weight);
            json.AddJson("ext", Ext);
        }
    }
}
