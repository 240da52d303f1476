//! Operations of the DfE View Education Record room.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Issues a request to share a record and returns its QR code (VERA pattern A).
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/generate_qr.request.json`
/// @param out_response  receives the response, see `include/schemas/generate_qr.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_generate_qr(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_generate_qr", plugin, request_json, out_response, out_error) }
}

/// Asks whether a learner has shared their record, at once or for up to `waitMs` (VERA patterns A and C).
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/poll_learner_data.request.json`
/// @param out_response  receives the response, see `include/schemas/poll_learner_data.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_poll_learner_data(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_poll_learner_data", plugin, request_json, out_response, out_error) }
}

/// Fetches the record of a learner who has already agreed to share it (VERA pattern B).
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/fetch_learner_data.request.json`
/// @param out_response  receives the response, see `include/schemas/fetch_learner_data.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_fetch_learner_data(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_fetch_learner_data", plugin, request_json, out_response, out_error) }
}

/// Asks whether a learner can be asked to share (VERA pattern C).
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/check_learner.request.json`
/// @param out_response  receives the response, see `include/schemas/check_learner.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_check_learner(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_check_learner", plugin, request_json, out_response, out_error) }
}

/// Sends a learner's phone a request to share (VERA pattern C). Never repeated automatically.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/request_share.request.json`
/// @param out_response  receives the response, see `include/schemas/request_share.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_request_share(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_request_share", plugin, request_json, out_response, out_error) }
}

/// Lists the shares in the store, newest first.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/list_shares.request.json`
/// @param out_response  receives the response, see `include/schemas/list_shares.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_list_shares(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_list_shares", plugin, request_json, out_response, out_error) }
}

/// Stops waiting for a learner.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/cancel_share.request.json`
/// @param out_response  receives the response, see `include/schemas/cancel_share.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_cancel_share(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_cancel_share", plugin, request_json, out_response, out_error) }
}
