// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An enrolment.</summary>
    public sealed class Enrollment : Model
    {
        internal Enrollment(JsonObject source)
            : base(source)
        {
            EnrollmentId = source.Text("enrollmentId");
            Version = source.Integer("version");
            PersonId = source.Text("personId");
            OfferingId = source.Text("offeringId");
            OfferingType = source.Text("offeringType");
            OfferingName = source.Object("offeringName", value => new LocalizedText(value));
            State = source.Text("state");
            Host = source.Text("host");
            Home = source.Text("home");
            Decision = source.Text("decision");
            Delivery = source.Text("delivery");
            AssociationId = source.Text("associationId");
            RequestId = source.Text("requestId");
            HomeInstitution = source.Text("homeInstitution");
            Warnings = source.List("warnings", JsonObject.AsText);
            Flags = source.List("flags", JsonObject.AsText);
            Events = source.List("events", JsonObject.AsObject(value => new EnrollmentEvent(value)));
            Outbox = source.List("outbox", JsonObject.AsObject(value => new OutboxEntry(value)));
            CreatedAt = source.Text("createdAt");
            UpdatedAt = source.Text("updatedAt");
            FinalAt = source.Text("finalAt");
            Offering = source.Json("offering");
            Person = source.Json("person");
        }

        /// <summary>Our own id for it.</summary>
        public string EnrollmentId { get; }

        /// <summary>The number of its last change.</summary>
        public long Version { get; }

        /// <summary>The person's id at the receiver.</summary>
        public string PersonId { get; }

        /// <summary>The offering's id.</summary>
        public string OfferingId { get; }

        /// <summary>What is offered: <c>program</c>, <c>course</c> or <c>component</c>.</summary>
        public string OfferingType { get; }

        /// <summary>What it is called.</summary>
        public LocalizedText OfferingName { get; }

        /// <summary>What both institutions' states come to.</summary>
        public string State { get; }

        /// <summary>The host's state.</summary>
        public string Host { get; }

        /// <summary>The home institution's state as it was last told.</summary>
        public string Home { get; }

        /// <summary>What the host program has decided.</summary>
        public string Decision { get; }

        /// <summary>
        /// How far the association has come: <c>waiting</c>, <c>delivered</c>, <c>untracked</c> (the receiver does
        /// not know it any more) or <c>none</c>.
        /// </summary>
        public string Delivery { get; }

        /// <summary>The association's id at the home institution.</summary>
        public string AssociationId { get; }

        /// <summary>Our id for this attempt at the home institution.</summary>
        public string RequestId { get; }

        /// <summary>The home institution's domain.</summary>
        public string HomeInstitution { get; }

        /// <summary>What was odd about the start, such as <c>person-missing:mail</c>.</summary>
        public IReadOnlyList<string> Warnings { get; }

        /// <summary>
        /// What staff should look at: <c>possible-duplicate</c>, <c>home-reopened</c>, <c>untracked</c>.
        /// </summary>
        public IReadOnlyList<string> Flags { get; }

        /// <summary>What has happened.</summary>
        public IReadOnlyList<EnrollmentEvent> Events { get; }

        /// <summary>What is still to be sent.</summary>
        public IReadOnlyList<OutboxEntry> Outbox { get; }

        /// <summary>When it was begun.</summary>
        public string CreatedAt { get; }

        /// <summary>When it was last changed.</summary>
        public string UpdatedAt { get; }

        /// <summary>When it came to its end.</summary>
        public string FinalAt { get; }

        /// <summary>The offering as it came. As JSON.</summary>
        public string Offering { get; }

        /// <summary>The person as they came. As JSON.</summary>
        public string Person { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Version), Version, nameof(State), State, nameof(Delivery), Delivery);
        }
    }
}
