// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** Asks for a student's record, as far as the asking service may see it. */
public final class GetXsreRequest extends Request {
    /** {@code xml}, for {@link #formats}. */
    public static final String FORMATS_XML = "xml";

    /** {@code json}, for {@link #formats}. */
    public static final String FORMATS_JSON = "json";

    /** {@code summary}, for {@link #formats}. */
    public static final String FORMATS_SUMMARY = "summary";

    /** Makes one in which nothing is set. */
    public GetXsreRequest() {}

    /**
     * The district's id of the student. Required.
     *
     * @param studentId the value
     * @return this
     */
    public GetXsreRequest studentId(String studentId) {
        set("studentId", studentId);
        return this;
    }

    /**
     * The organisation that asks, by its number at the exchange. Required.
     *
     * @param authorizedEntityId the value
     * @return this
     */
    public GetXsreRequest authorizedEntityId(long authorizedEntityId) {
        set("authorizedEntityId", authorizedEntityId);
        return this;
    }

    /**
     * The service that asks, by its number at the exchange. Required.
     *
     * @param externalServiceId the value
     * @return this
     */
    public GetXsreRequest externalServiceId(long externalServiceId) {
        set("externalServiceId", externalServiceId);
        return this;
    }

    /**
     * The person who asks, by their number at the exchange.
     *
     * @param personnelId the value
     * @return this
     */
    public GetXsreRequest personnelId(long personnelId) {
        set("personnelId", personnelId);
        return this;
    }

    /**
     * The zone of the district; {@code sif.zoneId} of the configuration when absent.
     *
     * @param zoneId the value
     * @return this
     */
    public GetXsreRequest zoneId(String zoneId) {
        set("zoneId", zoneId);
        return this;
    }

    /**
     * The context; {@code sif.contextId} of the configuration when absent.
     *
     * @param contextId the value
     * @return this
     */
    public GetXsreRequest contextId(String contextId) {
        set("contextId", contextId);
        return this;
    }

    /**
     * The forms to answer with; all when absent. One of: {@code xml}, {@code json}, {@code summary}.
     *
     * @param formats the value
     * @return this
     */
    public GetXsreRequest formats(Collection<String> formats) {
        set("formats", formats);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public GetXsreRequest ukprn(String ukprn) {
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
    public GetXsreRequest profile(String profile) {
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
    public GetXsreRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public GetXsreRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public GetXsreRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
