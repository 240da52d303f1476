// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** A student for a service of their district. */
public final class StudentRules extends Request {
    /** Makes one in which nothing is set. */
    public StudentRules() {}

    /**
     * The district's id of the student. Required.
     *
     * @param districtStudentId the value
     * @return this
     */
    public StudentRules districtStudentId(String districtStudentId) {
        set("districtStudentId", districtStudentId);
        return this;
    }

    /**
     * The number of what the district has agreed with the service. Required.
     *
     * @param districtServiceId the value
     * @return this
     */
    public StudentRules districtServiceId(long districtServiceId) {
        set("districtServiceId", districtServiceId);
        return this;
    }

    /**
     * What the student has consented to.
     *
     * @param consents the value
     * @return this
     */
    public StudentRules consents(Collection<StudentConsent> consents) {
        set("consents", consents);
        return this;
    }

    /**
     * The numbers of the people who are assigned to the student.
     *
     * @param personnel the value
     * @return this
     */
    public StudentRules personnel(Collection<Long> personnel) {
        set("personnel", personnel);
        return this;
    }
}
