// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for the subscription receiver of student-mobility enrolment. */
public final class EnrollmentCredential extends Request {
    /** Makes one in which nothing is set. */
    public EnrollmentCredential() {}

    /**
     * The user name that the receiver knows our system by; never shared with another profile. Required.
     *
     * @param user the value
     * @return this
     */
    public EnrollmentCredential user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The password. Required.
     *
     * @param password the value
     * @return this
     */
    public EnrollmentCredential password(String password) {
        set("password", password);
        return this;
    }
}
