//! Operations on bulk jobs.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Starts to run an operation for every row of a file, or checks the rows without running anything.
///
/// The work goes on in the background, until the plugin is closed.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/start_batch.request.json`
/// @param out_response  receives the response, see `include/schemas/start_batch.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_start_batch(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_start_batch", plugin, request_json, out_response, out_error) }
}

/// Tells how far a batch has come, at once or when it ends.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/batch_status.request.json`
/// @param out_response  receives the response, see `include/schemas/batch_status.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_batch_status(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_batch_status", plugin, request_json, out_response, out_error) }
}

/// Goes on with a batch that has ended early, without repeating a row that is done.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/resume_batch.request.json`
/// @param out_response  receives the response, see `include/schemas/resume_batch.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_resume_batch(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_resume_batch", plugin, request_json, out_response, out_error) }
}

/// Lists batches, newest first.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/list_batches.request.json`
/// @param out_response  receives the response, see `include/schemas/list_batches.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_list_batches(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_list_batches", plugin, request_json, out_response, out_error) }
}

/// Ends a batch; what is done is kept, and it can be resumed.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/cancel_batch.request.json`
/// @param out_response  receives the response, see `include/schemas/cancel_batch.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_cancel_batch(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_cancel_batch", plugin, request_json, out_response, out_error) }
}
