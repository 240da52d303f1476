// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** A consent. */
public final class StudentConsent extends Request {
    /** Makes one in which nothing is set. */
    public StudentConsent() {}

    /**
     * For what the district has agreed; the student's own service when absent.
     *
     * @param districtServiceId the value
     * @return this
     */
    public StudentConsent districtServiceId(long districtServiceId) {
        set("districtServiceId", districtServiceId);
        return this;
    }

    /**
     * The first day. Required.
     *
     * @param startDate the value
     * @return this
     */
    public StudentConsent startDate(String startDate) {
        set("startDate", startDate);
        return this;
    }

    /**
     * The last day. Required.
     *
     * @param endDate the value
     * @return this
     */
    public StudentConsent endDate(String endDate) {
        set("endDate", endDate);
        return this;
    }
}
