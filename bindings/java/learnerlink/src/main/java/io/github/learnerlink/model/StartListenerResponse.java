// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code start_listener}: starts to serve the interfaces that the configuration's {@code listener}
 * section describes.
 */
public final class StartListenerResponse extends Response {
    /** An outcome. It serves now. */
    public static final String OUTCOME_STARTED = "started";

    /** An outcome. It was serving before, at this address. */
    public static final String OUTCOME_ALREADY_RUNNING = "alreadyRunning";

    private final String address;
    private final List<String> interfaces;

    private StartListenerResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.address = fields.text("address");
        this.interfaces = fields.texts("interfaces");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StartListenerResponse fromJson(String rawJson) {
        return new StartListenerResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * Its address, such as {@code http://127.0.0.1:8085}.
     *
     * @return the value
     */
    public String address() {
        return address;
    }

    /**
     * What it offers, by the names of the configuration.
     *
     * @return a list, possibly empty
     */
    public List<String> interfaces() {
        return interfaces;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "interfaces", interfaces);
    }
}
