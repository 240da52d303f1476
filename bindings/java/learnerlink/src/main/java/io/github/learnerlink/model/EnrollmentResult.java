// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Map;

/** The result; it replaces the one before. */
public final class EnrollmentResult extends Request {
    /** {@code in progress}, for {@link #state}. */
    public static final String STATE_IN_PROGRESS = "in progress";

    /** {@code postponed}, for {@link #state}. */
    public static final String STATE_POSTPONED = "postponed";

    /** {@code completed}, for {@link #state}. */
    public static final String STATE_COMPLETED = "completed";

    /** {@code queued}, for {@link #state}. */
    public static final String STATE_QUEUED = "queued";

    /** {@code unknown}, for {@link #pass}. */
    public static final String PASS_UNKNOWN = "unknown";

    /** {@code passed}, for {@link #pass}. */
    public static final String PASS_PASSED = "passed";

    /** {@code failed}, for {@link #pass}. */
    public static final String PASS_FAILED = "failed";

    /** Makes one in which nothing is set. */
    public EnrollmentResult() {}

    /**
     * How far it has come. One of: {@code in progress}, {@code postponed}, {@code completed}, {@code queued}.
     * Required.
     *
     * @param state the value
     * @return this
     */
    public EnrollmentResult state(String state) {
        set("state", state);
        return this;
    }

    /**
     * Whether it was passed. One of: {@code unknown}, {@code passed}, {@code failed}.
     *
     * @param pass the value
     * @return this
     */
    public EnrollmentResult pass(String pass) {
        set("pass", pass);
        return this;
    }

    /**
     * A remark.
     *
     * @param comment the value
     * @return this
     */
    public EnrollmentResult comment(String comment) {
        set("comment", comment);
        return this;
    }

    /**
     * The mark, by the scale of the offering; decimals with a point.
     *
     * @param score the value
     * @return this
     */
    public EnrollmentResult score(String score) {
        set("score", score);
        return this;
    }

    /**
     * When it was had, {@code YYYY-MM-DD}. Required.
     *
     * @param resultDate the value
     * @return this
     */
    public EnrollmentResult resultDate(String resultDate) {
        set("resultDate", resultDate);
        return this;
    }

    /**
     * The load, of courses and programmes.
     *
     * @param studyLoad the value
     * @return this
     */
    public EnrollmentResult studyLoad(StudyLoad studyLoad) {
        set("studyLoad", studyLoad);
        return this;
    }

    /**
     * The weight in percent, of components.
     *
     * @param weight the value
     * @return this
     */
    public EnrollmentResult weight(long weight) {
        set("weight", weight);
        return this;
    }

    /**
     * What else is to be said; {@code resultValueType} is added when the scale is known.
     *
     * @param ext the value
     * @return this
     */
    public EnrollmentResult ext(Map<String, ?> ext) {
        set("ext", ext);
        return this;
    }
}
