// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code match_learner}: searches the Learning Records Service for a learner by name, date of birth,
 * gender and postcode, or by ULN.
 */
public final class MatchLearnerResponse extends Response {
    /** An outcome. One learner fits; {@code learners} has them. Confirm the match if it is the right person. */
    public static final String OUTCOME_EXACT_MATCH = "exactMatch";

    /**
     * An outcome. Up to ten learners may be meant; {@code learners} has them and {@code mismatchedFields} where they
     * differ.
     */
    public static final String OUTCOME_POSSIBLE_MATCH = "possibleMatch";

    /** An outcome. The record was merged with another; {@code learners} has the learner it belongs to now. */
    public static final String OUTCOME_LINKED_LEARNER_MATCH = "linkedLearnerMatch";

    /** An outcome. More than ten learners fit; search with more details. */
    public static final String OUTCOME_TOO_MANY_MATCHES = "tooManyMatches";

    /** An outcome. No learner fits. */
    public static final String OUTCOME_NO_MATCH = "noMatch";

    private final List<Learner> learners;
    private final MismatchedFields mismatchedFields;
    private final List<List<String>> mismatchesByLearner;

    private MatchLearnerResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.learners = fields.models("learners", Learner::new);
        this.mismatchedFields = fields.model("mismatchedFields", MismatchedFields::new);
        this.mismatchesByLearner = fields.has("mismatchesByLearner") ? fields.textLists("mismatchesByLearner") : null;
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static MatchLearnerResponse fromJson(String rawJson) {
        return new MatchLearnerResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The learners, in the service's order.
     *
     * @return a list, possibly empty
     */
    public List<Learner> learners() {
        return learners;
    }

    /**
     * For a possible match by name: the values that differ from what was searched for, by field; one for each learner
     * that differs there.
     *
     * @return the value
     */
    public MismatchedFields mismatchedFields() {
        return mismatchedFields;
    }

    /**
     * For a possible match by name: the fields that differ, for each of {@code learners} in turn.
     *
     * @return the value, or null when there is none
     */
    public List<List<String>> mismatchesByLearner() {
        return mismatchesByLearner;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
