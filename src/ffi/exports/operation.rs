//! Starting operations by name, and the shared body of the functions named after one.

use ffi_support::FfiStr;

use crate::error::Status;
use crate::ffi::host::{self, Object};
use crate::ffi::raw::{self, ErrorSlot, Out};
use crate::ffi::types::{learnerlink_error, learnerlink_op, learnerlink_plugin, learnerlink_status, learnerlink_text};
use crate::operations::Operation;

/// Starts any operation by its name and returns at once.
///
/// The request is read and checked before this returns, so bad input fails the start and not the
/// operation, and the texts may be freed at once.
///
/// @param operation     the operation's name, as in `learnerlink_describe`
/// @param request_json  the operation's request
/// @param out_op        receives the operation; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or why it was not started
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_start(
    plugin: learnerlink_plugin,
    operation: FfiStr<'_>,
    request_json: FfiStr<'_>,
    out_op: *mut learnerlink_op,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_start", slot, || {
        // SAFETY: the header requires `out_op` to be NULL or writable.
        let out = unsafe { Out::new(out_op, "out_op")? };
        let opened = host::plugin(plugin)?;
        let operation = Operation::find(raw::text(operation, "operation")?)?;
        let op = opened.start(operation, raw::text(request_json, "request_json")?)?;
        out.set(host::store(Object::Op(op))?);
        Ok(())
    })
}

/// The body of the functions named after an operation.
///
/// # Safety
/// `out_response` and `out_error` are NULL or writable.
pub(super) unsafe fn named(
    function: &'static str,
    plugin: learnerlink_plugin,
    request_json: FfiStr<'_>,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the caller promises that `out_error` is NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard(function, slot, || {
        // SAFETY: the caller promises that `out_response` is NULL or writable.
        let out = unsafe { Out::new(out_response, "out_response")? };
        let opened = host::plugin(plugin)?;
        let operation = Operation::find(&function["learnerlink_".len()..])?;
        let answer = opened.call(operation, raw::text(request_json, "request_json")?)?;
        out.set(host::store_text(answer.json)?);
        Ok(())
    })
}

/// Kept next to the functions that use it: success is zero, always.
const _: () = assert!(Status::Ok.number() == 0);
