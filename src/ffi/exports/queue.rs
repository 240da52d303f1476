//! Completion queues: one thread waits for any number of operations.

use std::sync::Arc;

use super::timeout;
use crate::ffi::host::{self, Object};
use crate::ffi::raw::{self, ErrorSlot, Out};
use crate::ffi::types::{
    learnerlink_error, learnerlink_op, learnerlink_op_state, learnerlink_queue, learnerlink_status,
};
use crate::op::Queue;

/// Opens a completion queue.
///
/// @param out_queue  receives the queue; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or why there is none
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_queue_open(
    out_queue: *mut learnerlink_queue,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_queue_open", slot, || {
        // SAFETY: the header requires `out_queue` to be NULL or writable.
        let out = unsafe { Out::new(out_queue, "out_queue")? };
        out.set(host::store(Object::Queue(Arc::new(Queue::default())))?);
        Ok(())
    })
}

/// Has a queue told when an operation ends; at once when it already has. Once per operation.
///
/// The end is delivered exactly once, however it comes: finished, failed, cancelled, closed or shut down.
///
/// @param tag  any number; it comes back with the end
/// @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_ALREADY_ENQUEUED, LEARNERLINK_STATUS_CLOSED or
///         LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_op_enqueue(
    op: learnerlink_op,
    queue: learnerlink_queue,
    tag: u64,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_op_enqueue", slot, || Ok(host::op(op)?.enqueue(&host::queue(queue)?, tag)?))
}

/// Takes the next operation that has ended, waiting for one if there is none.
///
/// @param timeout_ms  how long to wait, or LEARNERLINK_WAIT_FOREVER
/// @param out_tag     receives the tag given to `learnerlink_op_enqueue`
/// @param out_state   receives how it ended, a LEARNERLINK_OP_STATE_…
/// @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_TIMED_OUT, or LEARNERLINK_STATUS_CLOSED once the queue
///         was closed and has handed out what it had
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_queue_next(
    queue: learnerlink_queue,
    timeout_ms: u32,
    out_tag: *mut u64,
    out_state: *mut learnerlink_op_state,
) -> learnerlink_status {
    raw::guard("learnerlink_queue_next", ErrorSlot::none(), || {
        // SAFETY: the header requires `out_tag` to be NULL or writable.
        let tag = unsafe { Out::new(out_tag, "out_tag") };
        // SAFETY: the header requires `out_state` to be NULL or writable.
        let state = unsafe { Out::new(out_state, "out_state") };
        let (tag, state) = (tag?, state?);
        let (ended, how) = host::queue(queue)?.next(timeout(timeout_ms))?;
        tag.set(ended);
        state.set(how as learnerlink_op_state);
        Ok(())
    })
}
