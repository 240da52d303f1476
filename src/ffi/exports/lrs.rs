//! Operations of the Learning Records Service room.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Searches the Learning Records Service for a learner, by name, date of birth, gender and postcode or by ULN.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/match_learner.request.json`
/// @param out_response  receives the response, see `include/schemas/match_learner.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_match_learner(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_match_learner", plugin, request_json, out_response, out_error) }
}

/// Fetches a personal learning record, by ULN and names or for a person in the match register.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/fetch_plr.request.json`
/// @param out_response  receives the response, see `include/schemas/fetch_plr.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_fetch_plr(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_fetch_plr", plugin, request_json, out_response, out_error) }
}

/// Says which ULN is confirmed for a person.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/get_match.request.json`
/// @param out_response  receives the response, see `include/schemas/get_match.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_get_match(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_get_match", plugin, request_json, out_response, out_error) }
}

/// Confirms which ULN a person has; no two people hold one ULN.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/confirm_match.request.json`
/// @param out_response  receives the response, see `include/schemas/confirm_match.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_confirm_match(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_confirm_match", plugin, request_json, out_response, out_error) }
}

/// Confirms that a person has no ULN.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/confirm_no_match.request.json`
/// @param out_response  receives the response, see `include/schemas/confirm_no_match.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_confirm_no_match(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_confirm_no_match", plugin, request_json, out_response, out_error) }
}

/// Takes back what was confirmed of a person; the history stays.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/remove_match.request.json`
/// @param out_response  receives the response, see `include/schemas/remove_match.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_remove_match(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_remove_match", plugin, request_json, out_response, out_error) }
}

/// Gives all that the match register holds of a person.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/subject_access_report.request.json`
/// @param out_response  receives the response, see `include/schemas/subject_access_report.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_subject_access_report(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_subject_access_report", plugin, request_json, out_response, out_error) }
}

/// Imports the match register of another installation from a CSV file.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/import_matches.request.json`
/// @param out_response  receives the response, see `include/schemas/import_matches.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_import_matches(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_import_matches", plugin, request_json, out_response, out_error) }
}

/// Writes the match register to a CSV file that only its owner may read.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/export_matches.request.json`
/// @param out_response  receives the response, see `include/schemas/export_matches.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_export_matches(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_export_matches", plugin, request_json, out_response, out_error) }
}
