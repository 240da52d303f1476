// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** A profile without its secrets. */
public final class Profile extends Model {
    private final String profile;
    private final String ukprn;
    private final String displayName;
    private final List<String> systems;
    private final String updatedAt;

    Profile(Fields fields) {
        super(fields);
        this.profile = fields.text("profile");
        this.ukprn = fields.text("ukprn");
        this.displayName = fields.text("displayName");
        this.systems = fields.texts("systems");
        this.updatedAt = fields.text("updatedAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static Profile fromJson(String rawJson) {
        return new Profile(Fields.parse(rawJson));
    }

    /**
     * The name requests use.
     *
     * @return the value
     */
    public String profile() {
        return profile;
    }

    /**
     * The UKPRN, where it has one.
     *
     * @return the value, or null when there is none
     */
    public String ukprn() {
        return ukprn;
    }

    /**
     * What people call it.
     *
     * @return the value
     */
    public String displayName() {
        return displayName;
    }

    /**
     * The systems it has credentials for.
     *
     * @return a list, possibly empty
     */
    public List<String> systems() {
        return systems;
    }

    /**
     * When it was last changed.
     *
     * @return the value
     */
    public String updatedAt() {
        return updatedAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "systems", systems);
    }
}
