// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code list_profiles}: lists the providers, without their secrets. */
public final class ListProfilesResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final List<Profile> profiles;

    private ListProfilesResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.profiles = fields.models("profiles", Profile::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ListProfilesResponse fromJson(String rawJson) {
        return new ListProfilesResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The profiles by name.
     *
     * @return a list, possibly empty
     */
    public List<Profile> profiles() {
        return profiles;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
