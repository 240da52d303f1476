//! The types that cross the boundary: integers only.

/// The outcome of a call; see the constants `LEARNERLINK_STATUS_…`.
pub type learnerlink_status = i32;
/// An open plugin.
pub type learnerlink_plugin = u64;
/// An operation that was started.
pub type learnerlink_op = u64;
/// A text on its way out.
pub type learnerlink_text = u64;
/// Why a call failed.
pub type learnerlink_error = u64;
/// A completion queue.
pub type learnerlink_queue = u64;
/// How far an operation is; see the constants `LEARNERLINK_OP_STATE_…`.
pub type learnerlink_op_state = i32;

/// As a timeout: wait as long as it takes.
pub const LEARNERLINK_WAIT_FOREVER: u32 = u32::MAX;
