// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** The load, of courses and programmes. */
public final class StudyLoad extends Request {
    /** {@code contacttime}, for {@link #studyLoadUnit}. */
    public static final String STUDY_LOAD_UNIT_CONTACTTIME = "contacttime";

    /** {@code ects}, for {@link #studyLoadUnit}. */
    public static final String STUDY_LOAD_UNIT_ECTS = "ects";

    /** {@code sbu}, for {@link #studyLoadUnit}. */
    public static final String STUDY_LOAD_UNIT_SBU = "sbu";

    /** {@code sp}, for {@link #studyLoadUnit}. */
    public static final String STUDY_LOAD_UNIT_SP = "sp";

    /** {@code hour}, for {@link #studyLoadUnit}. */
    public static final String STUDY_LOAD_UNIT_HOUR = "hour";

    /** Makes one in which nothing is set. */
    public StudyLoad() {}

    /**
     * The unit. One of: {@code contacttime}, {@code ects}, {@code sbu}, {@code sp}, {@code hour}. Required.
     *
     * @param studyLoadUnit the value
     * @return this
     */
    public StudyLoad studyLoadUnit(String studyLoadUnit) {
        set("studyLoadUnit", studyLoadUnit);
        return this;
    }

    /**
     * How many of them. Required.
     *
     * @param value the value
     * @return this
     */
    public StudyLoad value(double value) {
        set("value", value);
        return this;
    }
}
