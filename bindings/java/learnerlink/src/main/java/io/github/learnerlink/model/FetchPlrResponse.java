// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code fetch_plr}: fetches a personal learning record, by ULN and names or for a person in the match
 * register.
 */
public final class FetchPlrResponse extends Response {
    /** An outcome. The learning events are in {@code learningEvents}; there may be none. */
    public static final String OUTCOME_FOUND = "found";

    /** An outcome. The record was merged with another; {@code foundUln} is whose events these are. */
    public static final String OUTCOME_LINKED = "linked";

    /** An outcome. The learner has chosen not to share their record. */
    public static final String OUTCOME_NOT_SHARED = "notShared";

    /** An outcome. ULN and names do not belong together. */
    public static final String OUTCOME_NOT_VERIFIED = "notVerified";

    /** An outcome. No ULN was confirmed for this person; match and confirm first. */
    public static final String OUTCOME_NOT_MATCHED = "notMatched";

    /** An outcome. It was confirmed that this person has no ULN. */
    public static final String OUTCOME_NO_ULN = "noUln";

    private final String foundUln;
    private final String incomingUln;
    private final List<LearningEvent> learningEvents;

    private FetchPlrResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.foundUln = fields.text("foundUln");
        this.incomingUln = fields.text("incomingUln");
        this.learningEvents = fields.models("learningEvents", LearningEvent::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static FetchPlrResponse fromJson(String rawJson) {
        return new FetchPlrResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The ULN whose events these are.
     *
     * @return the value, or null when there is none
     */
    public String foundUln() {
        return foundUln;
    }

    /**
     * The ULN that was asked for.
     *
     * @return the value, or null when there is none
     */
    public String incomingUln() {
        return incomingUln;
    }

    /**
     * The learning events, in the service's order.
     *
     * @return a list, possibly empty
     */
    public List<LearningEvent> learningEvents() {
        return learningEvents;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
