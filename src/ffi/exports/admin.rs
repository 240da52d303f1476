//! Operations on the library's own affairs.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Adds or changes a provider and its credentials, which are sealed.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/put_profile.request.json`
/// @param out_response  receives the response, see `include/schemas/put_profile.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_put_profile(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_put_profile", plugin, request_json, out_response, out_error) }
}

/// Lists the providers, without their secrets.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/list_profiles.request.json`
/// @param out_response  receives the response, see `include/schemas/list_profiles.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_list_profiles(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_list_profiles", plugin, request_json, out_response, out_error) }
}

/// Removes a provider and its credentials.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/remove_profile.request.json`
/// @param out_response  receives the response, see `include/schemas/remove_profile.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_remove_profile(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_remove_profile", plugin, request_json, out_response, out_error) }
}

/// Reads the audit trail.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/query_audit.request.json`
/// @param out_response  receives the response, see `include/schemas/query_audit.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_query_audit(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_query_audit", plugin, request_json, out_response, out_error) }
}

/// Checks that the audit trail is complete and unaltered.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/verify_audit.request.json`
/// @param out_response  receives the response, see `include/schemas/verify_audit.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_verify_audit(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_verify_audit", plugin, request_json, out_response, out_error) }
}

/// Removes what is older than its retention.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/purge.request.json`
/// @param out_response  receives the response, see `include/schemas/purge.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_purge(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_purge", plugin, request_json, out_response, out_error) }
}

/// Seals everything anew under a new key.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/rotate_key.request.json`
/// @param out_response  receives the response, see `include/schemas/rotate_key.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_rotate_key(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_rotate_key", plugin, request_json, out_response, out_error) }
}

/// Starts to serve the interfaces that the configuration's `listener` section describes.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/start_listener.request.json`
/// @param out_response  receives the response, see `include/schemas/start_listener.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_start_listener(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_start_listener", plugin, request_json, out_response, out_error) }
}

/// Stops to serve, letting requests under way end.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/stop_listener.request.json`
/// @param out_response  receives the response, see `include/schemas/stop_listener.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_stop_listener(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_stop_listener", plugin, request_json, out_response, out_error) }
}

/// Tells whether the plugin can work.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/health.request.json`
/// @param out_response  receives the response, see `include/schemas/health.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_health(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_health", plugin, request_json, out_response, out_error) }
}
