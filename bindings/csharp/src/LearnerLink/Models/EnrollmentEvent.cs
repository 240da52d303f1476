// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Something that has happened to an enrolment.</summary>
    public sealed class EnrollmentEvent : Model
    {
        internal EnrollmentEvent(JsonObject source)
            : base(source)
        {
            At = source.Text("at");
            Kind = source.Text("kind");
            Detail = source.Text("detail");
        }

        /// <summary>When.</summary>
        public string At { get; }

        /// <summary>
        /// What: <c>accepted</c>, <c>refused</c>, <c>decided</c>, <c>hostStateChanged</c>, <c>homeStateChanged</c>,
        /// <c>endedByHome</c>, <c>homeReopened</c>, <c>delivered</c>, <c>parked</c>, <c>resolved</c> or
        /// <c>warning</c>.
        /// </summary>
        public string Kind { get; }

        /// <summary>More of it, such as the new state.</summary>
        public string Detail { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Kind), Kind);
        }
    }
}
