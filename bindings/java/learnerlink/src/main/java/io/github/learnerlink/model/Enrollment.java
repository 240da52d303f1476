// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** An enrolment. */
public final class Enrollment extends Model {
    private final String enrollmentId;
    private final long version;
    private final String personId;
    private final String offeringId;
    private final String offeringType;
    private final LocalizedText offeringName;
    private final String state;
    private final String host;
    private final String home;
    private final String decision;
    private final String delivery;
    private final String associationId;
    private final String requestId;
    private final String homeInstitution;
    private final List<String> warnings;
    private final List<String> flags;
    private final List<EnrollmentEvent> events;
    private final List<OutboxEntry> outbox;
    private final String createdAt;
    private final String updatedAt;
    private final String finalAt;
    private final Object offering;
    private final Object person;

    Enrollment(Fields fields) {
        super(fields);
        this.enrollmentId = fields.text("enrollmentId");
        this.version = fields.needed("version", fields.whole("version"));
        this.personId = fields.text("personId");
        this.offeringId = fields.text("offeringId");
        this.offeringType = fields.text("offeringType");
        this.offeringName = fields.model("offeringName", LocalizedText::new);
        this.state = fields.text("state");
        this.host = fields.text("host");
        this.home = fields.text("home");
        this.decision = fields.text("decision");
        this.delivery = fields.text("delivery");
        this.associationId = fields.text("associationId");
        this.requestId = fields.text("requestId");
        this.homeInstitution = fields.text("homeInstitution");
        this.warnings = fields.texts("warnings");
        this.flags = fields.texts("flags");
        this.events = fields.models("events", EnrollmentEvent::new);
        this.outbox = fields.models("outbox", OutboxEntry::new);
        this.createdAt = fields.text("createdAt");
        this.updatedAt = fields.text("updatedAt");
        this.finalAt = fields.text("finalAt");
        this.offering = fields.any("offering");
        this.person = fields.any("person");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static Enrollment fromJson(String rawJson) {
        return new Enrollment(Fields.parse(rawJson));
    }

    /**
     * Our own id for it.
     *
     * @return the value
     */
    public String enrollmentId() {
        return enrollmentId;
    }

    /**
     * The number of its last change.
     *
     * @return the value
     */
    public long version() {
        return version;
    }

    /**
     * The person's id at the receiver.
     *
     * @return the value
     */
    public String personId() {
        return personId;
    }

    /**
     * The offering's id.
     *
     * @return the value
     */
    public String offeringId() {
        return offeringId;
    }

    /**
     * What is offered: {@code program}, {@code course} or {@code component}.
     *
     * @return the value
     */
    public String offeringType() {
        return offeringType;
    }

    /**
     * What it is called.
     *
     * @return the value
     */
    public LocalizedText offeringName() {
        return offeringName;
    }

    /**
     * What both institutions' states come to.
     *
     * @return the value
     */
    public String state() {
        return state;
    }

    /**
     * The host's state.
     *
     * @return the value
     */
    public String host() {
        return host;
    }

    /**
     * The home institution's state as it was last told.
     *
     * @return the value, or null when there is none
     */
    public String home() {
        return home;
    }

    /**
     * What the host program has decided.
     *
     * @return the value, or null when there is none
     */
    public String decision() {
        return decision;
    }

    /**
     * How far the association has come: {@code waiting}, {@code delivered}, {@code untracked} (the receiver does not
     * know it any more) or {@code none}.
     *
     * @return the value
     */
    public String delivery() {
        return delivery;
    }

    /**
     * The association's id at the home institution.
     *
     * @return the value, or null when there is none
     */
    public String associationId() {
        return associationId;
    }

    /**
     * Our id for this attempt at the home institution.
     *
     * @return the value
     */
    public String requestId() {
        return requestId;
    }

    /**
     * The home institution's domain.
     *
     * @return the value, or null when there is none
     */
    public String homeInstitution() {
        return homeInstitution;
    }

    /**
     * What was odd about the start, such as {@code person-missing:mail}.
     *
     * @return a list, possibly empty
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * What staff should look at: {@code possible-duplicate}, {@code home-reopened}, {@code untracked}.
     *
     * @return a list, possibly empty
     */
    public List<String> flags() {
        return flags;
    }

    /**
     * What has happened.
     *
     * @return a list, possibly empty
     */
    public List<EnrollmentEvent> events() {
        return events;
    }

    /**
     * What is still to be sent.
     *
     * @return a list, possibly empty
     */
    public List<OutboxEntry> outbox() {
        return outbox;
    }

    /**
     * When it was begun.
     *
     * @return the value
     */
    public String createdAt() {
        return createdAt;
    }

    /**
     * When it was last changed.
     *
     * @return the value
     */
    public String updatedAt() {
        return updatedAt;
    }

    /**
     * When it came to its end.
     *
     * @return the value, or null when there is none
     */
    public String finalAt() {
        return finalAt;
    }

    /**
     * The offering as it came.
     *
     * @return the value, or null when there is none
     */
    public Object offering() {
        return offering;
    }

    /**
     * The person as they came.
     *
     * @return the value, or null when there is none
     */
    public Object person() {
        return person;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "version", version,
                "state", state,
                "delivery", delivery);
    }
}
