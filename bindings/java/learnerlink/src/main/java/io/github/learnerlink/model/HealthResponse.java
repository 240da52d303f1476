// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code health}: tells whether the plugin can work. */
public final class HealthResponse extends Response {
    /** An outcome. The plugin can work. */
    public static final String OUTCOME_OK = "ok";

    /** An outcome. A host is being left alone after repeated failures. */
    public static final String OUTCOME_DEGRADED = "degraded";

    private final String version;
    private final List<String> leftAlone;
    private final Boolean store;

    private HealthResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.version = fields.text("version");
        this.leftAlone = fields.texts("leftAlone");
        this.store = fields.flag("store");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static HealthResponse fromJson(String rawJson) {
        return new HealthResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The library's version.
     *
     * @return the value
     */
    public String version() {
        return version;
    }

    /**
     * Hosts that are being left alone after repeated failures.
     *
     * @return a list, possibly empty
     */
    public List<String> leftAlone() {
        return leftAlone;
    }

    /**
     * Whether the store could be read; absent unless {@code probe} was set.
     *
     * @return the value, or null when there is none
     */
    public Boolean store() {
        return store;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "version", version,
                "leftAlone", leftAlone,
                "store", store);
    }
}
