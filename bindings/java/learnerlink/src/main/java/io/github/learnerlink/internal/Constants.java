// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Numbers and names of the library's interface. */
public final class Constants {
    /** The version of the library that this package belongs to. */
    public static final String VERSION = "0.1.0";

    /** The major version of the interface. */
    public static final int ABI_MAJOR = 1;

    /** The least minor version of the interface. */
    public static final int ABI_MINOR = 0;

    /** The state of an operation that has not ended. */
    public static final int OP_STATE_RUNNING = 1;

    /** The operations of the catalogue, in its order. */
    public static final List<String> OPERATIONS =
            Collections.unmodifiableList(Arrays.asList(
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
                    "cancel_batch"));

    private Constants() {}
}
