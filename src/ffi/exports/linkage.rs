//! Operations of the linkage keys' room.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Asks for the linkage key of a patient, from our own register or a supplier's system.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/retrieve_linkage_key.request.json`
/// @param out_response  receives the response, see `include/schemas/retrieve_linkage_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_retrieve_linkage_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_retrieve_linkage_key", plugin, request_json, out_response, out_error) }
}

/// Makes a linkage key for a patient who has none in force.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/create_linkage_key.request.json`
/// @param out_response  receives the response, see `include/schemas/create_linkage_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_create_linkage_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_create_linkage_key", plugin, request_json, out_response, out_error) }
}

/// Asks for the linkage key of a patient, and has one made when there is none.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/retrieve_or_create_linkage_key.request.json`
/// @param out_response  receives the response, see `include/schemas/retrieve_or_create_linkage_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_retrieve_or_create_linkage_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_retrieve_or_create_linkage_key", plugin, request_json, out_response, out_error) }
}

/// Revokes a patient's linkage key in our own register; it never becomes valid again.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/revoke_linkage_key.request.json`
/// @param out_response  receives the response, see `include/schemas/revoke_linkage_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_revoke_linkage_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_revoke_linkage_key", plugin, request_json, out_response, out_error) }
}

/// Blocks or unblocks a patient or an organisation in our own register.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/set_linkage_access.request.json`
/// @param out_response  receives the response, see `include/schemas/set_linkage_access.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_set_linkage_access(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_set_linkage_access", plugin, request_json, out_response, out_error) }
}

/// Checks an account id and linkage key that somebody presents against our own register.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/check_linkage_key.request.json`
/// @param out_response  receives the response, see `include/schemas/check_linkage_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_check_linkage_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_check_linkage_key", plugin, request_json, out_response, out_error) }
}

/// Imports organisations, patients, accounts and linkage keys from a file into our own register.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/import_register.request.json`
/// @param out_response  receives the response, see `include/schemas/import_register.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_import_register(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_import_register", plugin, request_json, out_response, out_error) }
}

/// Writes our own register to a file, sealed under a passphrase or without its linkage keys.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/export_register.request.json`
/// @param out_response  receives the response, see `include/schemas/export_register.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_export_register(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_export_register", plugin, request_json, out_response, out_error) }
}
