//! Every function of the C ABI, by noun.

pub mod admin;
pub mod batch;
pub mod enrollment;
pub mod library;
pub mod linkage;
pub mod lrs;
pub mod op;
pub mod operation;
pub mod plugin;
pub mod queue;
pub mod sif;
pub mod text;
pub mod vera;

use std::time::Duration;

use super::types::LEARNERLINK_WAIT_FOREVER;

/// A C timeout: `None` to wait as long as it takes.
fn timeout(timeout_ms: u32) -> Option<Duration> {
    (timeout_ms != LEARNERLINK_WAIT_FOREVER).then(|| Duration::from_millis(u64::from(timeout_ms)))
}

/// A C timeout where for ever means fifty days.
fn wait_limit(timeout_ms: u32) -> Duration {
    Duration::from_millis(u64::from(timeout_ms))
}
