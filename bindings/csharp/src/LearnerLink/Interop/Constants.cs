// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

namespace LearnerLink.Interop
{
    /// <summary>Numbers and names of the library's interface.</summary>
    internal static class Constants
    {
        internal const string Version = "0.1.0";
        internal const uint AbiMajor = 1;
        internal const uint AbiMinor = 0;

        internal static readonly StatusMeaning[] Statuses =
        {
            new StatusMeaning(0, "OK", false, "The call succeeded."),
            new StatusMeaning(1, "NOT_READY", true, "The operation is still running; wait for it or poll it again."),
            new StatusMeaning(2, "TIMED_OUT", true, "Nothing happened within the time given to the wait; the work goes on."),
            new StatusMeaning(3, "CANCELLED", false, "The operation was cancelled before it finished."),
            new StatusMeaning(4, "BUFFER_TOO_SMALL", false, "The text does not fit the buffer; its length was set."),
            new StatusMeaning(100, "NULL_ARGUMENT", false, "A required argument is NULL."),
            new StatusMeaning(101, "INVALID_UTF8", false, "A text argument is not valid UTF-8."),
            new StatusMeaning(102, "INVALID_HANDLE", false, "The handle is zero, closed, of another kind or made up."),
            new StatusMeaning(103, "CLOSED", false, "The plugin or queue behind the handle was closed."),
            new StatusMeaning(104, "FORKED", false, "The process is a fork of the one that used the library; load it afresh after exec."),
            new StatusMeaning(105, "UNKNOWN_OPERATION", false, "No operation has this name; learnerlink_describe lists them."),
            new StatusMeaning(106, "HANDLES_EXHAUSTED", false, "Too many handles are open; close those no longer needed."),
            new StatusMeaning(107, "ALREADY_ENQUEUED", false, "The operation was already given to a completion queue."),
            new StatusMeaning(200, "INVALID_JSON", false, "The text is not the JSON object expected here."),
            new StatusMeaning(201, "UNKNOWN_KEY", false, "The JSON has a key that nothing reads; its path is in the message."),
            new StatusMeaning(202, "INVALID_INPUT", false, "A value in the request breaks its rule; `details.field` names it."),
            new StatusMeaning(203, "INVALID_CONFIG", false, "A value in the configuration breaks its rule; `details.path` names it."),
            new StatusMeaning(204, "TOO_LARGE", false, "The request is larger than `limits.maxRequestBytes`."),
            new StatusMeaning(205, "NO_CREDENTIAL", false, "No credential is stored for this provider; add one with put_profile."),
            new StatusMeaning(206, "DUPLICATE_CLIENT_ID", false, "The client id already belongs to another provider; each provider has its own."),
            new StatusMeaning(207, "NOT_FOUND", false, "What the request names is not in the store."),
            new StatusMeaning(208, "CONFLICT", false, "The request contradicts what the store holds."),
            new StatusMeaning(209, "VAULT_KEY_MISSING", false, "The store holds or would hold secrets and no vault key is configured."),
            new StatusMeaning(210, "VAULT_KEY_WRONG", false, "The configured vault key is not the one this store was sealed with."),
            new StatusMeaning(211, "BAD_CERTIFICATE", false, "The client certificate cannot be used; `details.problem` and the message say why."),
            new StatusMeaning(212, "INVALID_ROW", false, "A row of a batch's input was refused before anything was called; the message says why."),
            new StatusMeaning(213, "BATCH_STOPPED", false, "More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it."),
            new StatusMeaning(300, "STORE_UNAVAILABLE", false, "The store cannot be opened or has failed."),
            new StatusMeaning(301, "STORE_BUSY", true, "Others kept the store locked, or its server is out of reach for the moment; try again."),
            new StatusMeaning(302, "STORE_CORRUPT", false, "The store's file is not a database or is damaged; restore a backup."),
            new StatusMeaning(303, "STORE_SCHEMA_NEWER", false, "The store was written by a newer version of the library; upgrade this one."),
            new StatusMeaning(304, "STORE_FULL", true, "The disk is full; free space and try again."),
            new StatusMeaning(305, "STORE_READ_ONLY", false, "The store's file or folder cannot be written."),
            new StatusMeaning(306, "SEAL_BROKEN", false, "A sealed value does not open in its place: it was altered, moved or copied."),
            new StatusMeaning(307, "BATCH_OUTPUT", false, "The results of a batch cannot be written; what was done is kept, and it can be resumed."),
            new StatusMeaning(400, "UNREACHABLE", true, "No connection to the service could be made; check network and proxy."),
            new StatusMeaning(401, "DEADLINE_EXCEEDED", true, "The service did not answer within the deadline."),
            new StatusMeaning(402, "TLS_FAILED", false, "The service's certificate was not accepted or the TLS handshake failed."),
            new StatusMeaning(403, "PROTOCOL", false, "The service answered something its interface does not allow."),
            new StatusMeaning(404, "RESPONSE_TOO_LARGE", false, "The service's answer is larger than the limit."),
            new StatusMeaning(405, "UNAVAILABLE", true, "The service is out of order for the moment; try again later."),
            new StatusMeaning(406, "THROTTLED", true, "The service asks for fewer calls; wait `details.retryAfterMs`."),
            new StatusMeaning(407, "CIRCUIT_OPEN", true, "The service failed repeatedly and is being left alone; wait `details.retryAfterMs`."),
            new StatusMeaning(410, "BAD_CREDENTIAL", false, "The service does not accept this client id and secret; an administrator must renew them."),
            new StatusMeaning(411, "AUTH_CONFIG", false, "The tenant, resource or scope is not known to the token service."),
            new StatusMeaning(412, "AUTH_REJECTED", false, "A fresh token was refused by the service."),
            new StatusMeaning(413, "FORBIDDEN", false, "The service does not allow this provider to do this."),
            new StatusMeaning(414, "REJECTED", false, "The service refused the request as invalid."),
            new StatusMeaning(415, "OUTCOME_UNKNOWN", false, "The request may have been carried out; it is not repeated automatically."),
            new StatusMeaning(416, "CERTIFICATE_REFUSED", false, "The service does not accept our client certificate, or wants one."),
            new StatusMeaning(417, "MAINTENANCE", true, "The service is closed for maintenance or out of its hours; try again when it is open."),
            new StatusMeaning(418, "SERVICE_FAULT", false, "The service reported a fault; `upstream.code` is its own code for it."),
            new StatusMeaning(419, "BATCH_ROW_INTERRUPTED", false, "A batch ended while this row's call was under way; it may have been carried out and is not repeated."),
            new StatusMeaning(900, "INTERNAL", false, "A defect of this library; the log has file and line."),
        };

        /// <summary>The operations of the catalogue, in its order.</summary>
        internal static readonly string[] Operations =
        {
            "generate_qr",
            "poll_learner_data",
            "fetch_learner_data",
            "check_learner",
            "request_share",
            "list_shares",
            "cancel_share",
            "match_learner",
            "fetch_plr",
            "get_match",
            "confirm_match",
            "confirm_no_match",
            "remove_match",
            "subject_access_report",
            "import_matches",
            "export_matches",
            "get_xsre",
            "authorize_sif_request",
            "filter_xsre",
            "import_sif_rules",
            "start_enrollment",
            "list_enrollments",
            "decide_enrollment",
            "create_association",
            "update_association",
            "get_association",
            "get_person",
            "send_results",
            "flush_outbox",
            "resolve_delivery",
            "retrieve_linkage_key",
            "create_linkage_key",
            "retrieve_or_create_linkage_key",
            "revoke_linkage_key",
            "set_linkage_access",
            "check_linkage_key",
            "import_register",
            "export_register",
            "put_profile",
            "list_profiles",
            "remove_profile",
            "query_audit",
            "verify_audit",
            "purge",
            "rotate_key",
            "start_listener",
            "stop_listener",
            "health",
            "start_batch",
            "batch_status",
            "resume_batch",
            "list_batches",
            "cancel_batch",
        };
    }

    /// <summary>How far a started operation is.</summary>
    internal static class OpState
    {
        internal const int Running = 1;
        internal const int Done = 2;
        internal const int Failed = 3;
        internal const int Cancelled = 4;
    }
}
