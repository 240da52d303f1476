// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Its main groups.</summary>
    public sealed class StudentSummary : Model
    {
        internal StudentSummary(JsonObject source)
            : base(source)
        {
            LocalId = source.Text("localId");
            FamilyName = source.Text("familyName");
            GivenName = source.Text("givenName");
            MiddleName = source.Text("middleName");
            BirthDate = source.Text("birthDate");
            Sex = source.Text("sex");
            SchoolName = source.Text("schoolName");
            SchoolYear = source.Text("schoolYear");
            GradeLevel = source.Text("gradeLevel");
            EntryDate = source.Text("entryDate");
            ExitDate = source.Text("exitDate");
            DaysAbsent = source.Text("daysAbsent");
            DaysInAttendance = source.Text("daysInAttendance");
            Terms = source.List("terms", JsonObject.AsObject(value => new StudentTerm(value)));
        }

        /// <summary>The record's own id of the student.</summary>
        public string LocalId { get; }

        /// <summary>Family name.</summary>
        public string FamilyName { get; }

        /// <summary>Given name.</summary>
        public string GivenName { get; }

        /// <summary>Middle name.</summary>
        public string MiddleName { get; }

        /// <summary>Date of birth.</summary>
        public string BirthDate { get; }

        /// <summary>Sex.</summary>
        public string Sex { get; }

        /// <summary>The school of the enrolment.</summary>
        public string SchoolName { get; }

        /// <summary>The year of the enrolment.</summary>
        public string SchoolYear { get; }

        /// <summary>The grade of the enrolment.</summary>
        public string GradeLevel { get; }

        /// <summary>When the enrolment began.</summary>
        public string EntryDate { get; }

        /// <summary>When the enrolment ended.</summary>
        public string ExitDate { get; }

        /// <summary>Days absent, of the first summary.</summary>
        public string DaysAbsent { get; }

        /// <summary>Days in attendance, of the first summary.</summary>
        public string DaysInAttendance { get; }

        /// <summary>Terms of the transcript, newest as the record has it.</summary>
        public IReadOnlyList<StudentTerm> Terms { get; }

        internal override string Shown()
        {
            return Show(true);
        }
    }
}
