//! Operations of the enrolment room.

use ffi_support::FfiStr;

use super::operation::named;
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};

/// Handles a start that the host's own web server received, and says what to answer the receiver.
///
/// Blocks until the start has been answered: up to `enrollment.startDeadlineMs`.
///
/// @param request_json  see `include/schemas/start_enrollment.request.json`
/// @param out_response  receives the response, see `include/schemas/start_enrollment.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_start_enrollment(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_start_enrollment", plugin, request_json, out_response, out_error) }
}

/// Lists enrolments, hands out those to be decided, and waits for new ones.
///
/// Blocks until there is an answer, with `waitMs` for as long as that, or the deadline has passed.
///
/// @param request_json  see `include/schemas/list_enrollments.request.json`
/// @param out_response  receives the response, see `include/schemas/list_enrollments.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_list_enrollments(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_list_enrollments", plugin, request_json, out_response, out_error) }
}

/// Decides about an application.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/decide_enrollment.request.json`
/// @param out_response  receives the response, see `include/schemas/decide_enrollment.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_decide_enrollment(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_decide_enrollment", plugin, request_json, out_response, out_error) }
}

/// Tries to create the association of an enrolment at the home institution now.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/create_association.request.json`
/// @param out_response  receives the response, see `include/schemas/create_association.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_create_association(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_create_association", plugin, request_json, out_response, out_error) }
}

/// Changes the host's state of an enrolment and tells the home institution.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/update_association.request.json`
/// @param out_response  receives the response, see `include/schemas/update_association.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_update_association(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_update_association", plugin, request_json, out_response, out_error) }
}

/// Asks the home institution how it stands with an association.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/get_association.request.json`
/// @param out_response  receives the response, see `include/schemas/get_association.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_get_association(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_get_association", plugin, request_json, out_response, out_error) }
}

/// Asks the home institution whether a student is still actively enrolled there.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/get_person.request.json`
/// @param out_response  receives the response, see `include/schemas/get_person.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_get_person(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_get_person", plugin, request_json, out_response, out_error) }
}

/// Sends a student's result to the home institution.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/send_results.request.json`
/// @param out_response  receives the response, see `include/schemas/send_results.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_send_results(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_send_results", plugin, request_json, out_response, out_error) }
}

/// Sends to home institutions what is due, or everything.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/flush_outbox.request.json`
/// @param out_response  receives the response, see `include/schemas/flush_outbox.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_flush_outbox(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_flush_outbox", plugin, request_json, out_response, out_error) }
}

/// Says what to do with something that could not be delivered and needs somebody to look at it.
///
/// Blocks until there is an answer or the deadline has passed.
///
/// @param request_json  see `include/schemas/resolve_delivery.request.json`
/// @param out_response  receives the response, see `include/schemas/resolve_delivery.response.json`; 0 on failure
/// @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_resolve_delivery(
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires both out-pointers to be NULL or writable.
    unsafe { named("learnerlink_resolve_delivery", plugin, request_json, out_response, out_error) }
}
