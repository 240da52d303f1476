// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code check_linkage_key}: checks an account id and linkage key that somebody presents against our
 * own register.
 */
public final class CheckLinkageKeyResponse extends Response {
    /** An outcome. Account and key belong together, the key is in force and nothing is blocked. */
    public static final String OUTCOME_VALID = "valid";

    /** An outcome. They do not, or something is blocked or revoked; which of these is not told. */
    public static final String OUTCOME_NOT_VALID = "notValid";

    private final String nhsNumber;

    private CheckLinkageKeyResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.nhsNumber = fields.text("nhsNumber");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static CheckLinkageKeyResponse fromJson(String rawJson) {
        return new CheckLinkageKeyResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The patient's NHS number, with {@code valid}.
     *
     * @return the value, or null when there is none
     */
    public String nhsNumber() {
        return nhsNumber;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
