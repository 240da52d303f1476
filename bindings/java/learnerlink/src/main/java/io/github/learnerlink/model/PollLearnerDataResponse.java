// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.Map;

/**
 * The answer of {@code poll_learner_data}: asks whether a learner has shared their record, at once or for up to
 * {@code waitMs} (patterns A and C).
 */
public final class PollLearnerDataResponse extends Response {
    /** An outcome. The learner has not answered yet; keep waiting. */
    public static final String OUTCOME_PENDING = "pending";

    /** An outcome. The learner agreed; the record is in {@code record} or {@code raw}. */
    public static final String OUTCOME_SHARED = "shared";

    /** An outcome. The learner declined or let the time pass; VERA does not tell which. Start over. */
    public static final String OUTCOME_DECLINED_OR_EXPIRED = "declinedOrExpired";

    /** An outcome. No answer came before the local deadline. Start over. */
    public static final String OUTCOME_TIMED_OUT = "timedOut";

    /**
     * An outcome. The wait was cancelled here. The learner may still have agreed; a fetch by ULN would then succeed.
     */
    public static final String OUTCOME_CANCELLED = "cancelled";

    /** An outcome. The record was shared before and cannot be read again; keep the copy you have. */
    public static final String OUTCOME_NO_LONGER_AVAILABLE = "noLongerAvailable";

    /** An outcome. A request may have been sent to the learner, but VERA gave no handle to poll. */
    public static final String OUTCOME_UNKNOWN = "unknown";

    /** An outcome. The share ended in an error before. Start over. */
    public static final String OUTCOME_FAILED = "failed";

    private final String message;
    private final String profile;
    private final String deadlineAt;
    private final long polls;
    private final Long nextPollMs;
    private final LearnerRecord record;
    private final Map<String, Object> raw;

    private PollLearnerDataResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.message = fields.text("message");
        this.profile = fields.text("profile");
        this.deadlineAt = fields.text("deadlineAt");
        this.polls = fields.needed("polls", fields.whole("polls"));
        this.nextPollMs = fields.whole("nextPollMs");
        this.record = fields.model("record", LearnerRecord::new);
        this.raw = fields.object("raw");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static PollLearnerDataResponse fromJson(String rawJson) {
        return new PollLearnerDataResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * A sentence for the user, in English.
     *
     * @return the value
     */
    public String message() {
        return message;
    }

    /**
     * The profile it was issued for.
     *
     * @return the value
     */
    public String profile() {
        return profile;
    }

    /**
     * Until when the learner can act.
     *
     * @return the value
     */
    public String deadlineAt() {
        return deadlineAt;
    }

    /**
     * How often VERA was asked since this process began to wait.
     *
     * @return the value
     */
    public long polls() {
        return polls;
    }

    /**
     * How soon the next poll is worth while, in milliseconds; only when pending.
     *
     * @return the value, or null when there is none
     */
    public Long nextPollMs() {
        return nextPollMs;
    }

    /**
     * The record.
     *
     * @return the value, or null when there is none
     */
    public LearnerRecord record() {
        return record;
    }

    /**
     * The record exactly as VERA sent it.
     *
     * @return the value, or null when there is none
     */
    public Map<String, Object> raw() {
        return raw;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "deadlineAt", deadlineAt,
                "polls", polls,
                "nextPollMs", nextPollMs);
    }
}
