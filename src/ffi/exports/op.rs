//! Operations that were started.

use crate::ffi::host;
use crate::ffi::raw::{self, ErrorSlot, Failure, Out};
use crate::ffi::types::{
    learnerlink_error, learnerlink_op, learnerlink_op_state, learnerlink_status, learnerlink_text,
};

use super::timeout;

/// Tells how far an operation is, without waiting.
///
/// @param out_state  receives a LEARNERLINK_OP_STATE_…; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_op_poll(
    op: learnerlink_op,
    out_state: *mut learnerlink_op_state,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_op_poll", slot, || {
        // SAFETY: the header requires `out_state` to be NULL or writable.
        let out = unsafe { Out::new(out_state, "out_state")? };
        out.set(host::op(op)?.state() as learnerlink_op_state);
        Ok(())
    })
}

/// Waits for an operation to end and tells how far it is then.
///
/// @param timeout_ms  how long to wait, or LEARNERLINK_WAIT_FOREVER
/// @param out_state   receives a LEARNERLINK_OP_STATE_…, RUNNING when the time was up first; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_op_wait(
    op: learnerlink_op,
    timeout_ms: u32,
    out_state: *mut learnerlink_op_state,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_op_wait", slot, || {
        // SAFETY: the header requires `out_state` to be NULL or writable.
        let out = unsafe { Out::new(out_state, "out_state")? };
        out.set(host::op(op)?.wait(timeout(timeout_ms)) as learnerlink_op_state);
        Ok(())
    })
}

/// Asks an operation to stop. It ends soon, as cancelled unless something else came first.
///
/// @return LEARNERLINK_STATUS_OK, also for one that has ended, or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub extern "system" fn learnerlink_op_cancel(op: learnerlink_op) -> learnerlink_status {
    raw::guard("learnerlink_op_cancel", ErrorSlot::none(), || {
        host::op(op)?.cancel();
        Ok(())
    })
}

/// Tells how far an operation is, as JSON.
///
/// @param out_text  receives `operation`, `state`, `elapsedMs` and what the operation reports; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_op_progress(
    op: learnerlink_op,
    out_text: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_op_progress", slot, || {
        // SAFETY: the header requires `out_text` to be NULL or writable.
        let out = unsafe { Out::new(out_text, "out_text")? };
        out.set(host::store_text(host::op(op)?.progress().to_string())?);
        Ok(())
    })
}

/// Returns the response of an operation that has ended, or fails as the operation did. Repeatable.
///
/// @param out_response  receives the response; 0 on failure
/// @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_NOT_READY while it runs, or the operation's own status
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_op_result(
    op: learnerlink_op,
    out_response: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_op_result", slot, || {
        // SAFETY: the header requires `out_response` to be NULL or writable.
        let out = unsafe { Out::new(out_response, "out_response")? };
        let op = host::op(op)?;
        let outcome = op.outcome()?;
        match outcome.as_ref() {
            Ok(answer) => out.set(host::store_text(answer.json.clone())?),
            Err(_) => return Err(Failure::OfOperation(op.operation(), outcome)),
        }
        Ok(())
    })
}
