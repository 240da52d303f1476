//! Operations of the SIF room.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Asks for a student's record, as far as the asking service may see it.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/get_xsre.request.json`
/// @param out_response  receives the response, see `include/schemas/get_xsre.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_get_xsre(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_get_xsre", plugin, request_json, out_response, out_error) }
}

/// Checks the headers with which a SIF request came, once for each request.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/authorize_sif_request.request.json`
/// @param out_response  receives the response, see `include/schemas/authorize_sif_request.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_authorize_sif_request(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_authorize_sif_request", plugin, request_json, out_response, out_error) }
}

/// Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/filter_xsre.request.json`
/// @param out_response  receives the response, see `include/schemas/filter_xsre.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_filter_xsre(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_filter_xsre", plugin, request_json, out_response, out_error) }
}

/// Takes rules of the Privacy Rules Service into the store, instead of those that are there.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/import_sif_rules.request.json`
/// @param out_response  receives the response, see `include/schemas/import_sif_rules.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_import_sif_rules(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_import_sif_rules", plugin, request_json, out_response, out_error) }
}
