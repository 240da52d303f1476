// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** Filters a student's record by data objects or the stylesheet of the Privacy Rules Service. */
public final class FilterXsreRequest extends Request {
    /** {@code reference}, for {@link #statements}. */
    public static final String STATEMENTS_REFERENCE = "reference";

    /** {@code fixed}, for {@link #statements}. */
    public static final String STATEMENTS_FIXED = "fixed";

    /** {@code xml}, for {@link #formats}. */
    public static final String FORMATS_XML = "xml";

    /** {@code json}, for {@link #formats}. */
    public static final String FORMATS_JSON = "json";

    /** {@code summary}, for {@link #formats}. */
    public static final String FORMATS_SUMMARY = "summary";

    /** Makes one in which nothing is set. */
    public FilterXsreRequest() {}

    /**
     * The record as XML. Required.
     *
     * @param xml the value
     * @return this
     */
    public FilterXsreRequest xml(String xml) {
        set("xml", xml);
        return this;
    }

    /**
     * The data objects, in their order.
     *
     * @param dataObjects the value
     * @return this
     */
    public FilterXsreRequest dataObjects(Collection<DataObjectFilter> dataObjects) {
        set("dataObjects", dataObjects);
        return this;
    }

    /**
     * The stylesheet; instead of {@code dataObjects}.
     *
     * @param stylesheet the value
     * @return this
     */
    public FilterXsreRequest stylesheet(String stylesheet) {
        set("stylesheet", stylesheet);
        return this;
    }

    /**
     * What kind of object the data objects are for; {@code xSre} when absent.
     *
     * @param objectType the value
     * @return this
     */
    public FilterXsreRequest objectType(String objectType) {
        set("objectType", objectType);
        return this;
    }

    /**
     * How statements become paths; {@code sif.statements} of the configuration when absent. One of: {@code
     * reference}, {@code fixed}.
     *
     * @param statements the value
     * @return this
     */
    public FilterXsreRequest statements(String statements) {
        set("statements", statements);
        return this;
    }

    /**
     * The forms to answer with; only XML when absent. One of: {@code xml}, {@code json}, {@code summary}.
     *
     * @param formats the value
     * @return this
     */
    public FilterXsreRequest formats(Collection<String> formats) {
        set("formats", formats);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public FilterXsreRequest ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The provider or other organisation on whose behalf the call is made, by its profile's name; instead of {@code
     * ukprn}.
     *
     * @param profile the value
     * @return this
     */
    public FilterXsreRequest profile(String profile) {
        set("profile", profile);
        return this;
    }

    /**
     * Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
     * service.
     *
     * @param user the value
     * @return this
     */
    public FilterXsreRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public FilterXsreRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public FilterXsreRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
