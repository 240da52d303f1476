//! LearnerLink: official record services for learners and patients behind one embeddable library.
//!
//! A call goes `ffi` (the C ABI) → [`operations`] (the catalogue) → [`plugin`] → a room such as [`vera`] →
//! [`http`] and [`store`]. Nothing below `ffi` knows C, and no room knows another.

#![deny(unsafe_code)]

pub mod admin;
pub mod audit;
pub mod batch;
pub mod clock;
pub mod config;
pub mod enrollment;
pub mod error;
#[doc(hidden)]
pub mod failpoint;
mod ffi;
mod files;
pub mod handle;
mod hex;
pub mod http;
pub mod identifiers;
pub mod invocation;
pub mod json;
pub mod linkage;
pub mod listener;
pub mod log;
pub mod lrs;
pub mod op;
pub mod operations;
pub mod plugin;
pub mod privacy;
pub mod profiles;
pub mod runtime;
pub mod sif;
pub mod stats;
pub mod store;
pub mod vault;
pub mod vera;
mod xml;

pub use clock::Clock;
pub use error::{Error, Result, Status};
pub use plugin::Plugin;

/// The library's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The major version of the C ABI; it changes only when something is taken away.
pub const ABI_MAJOR: u32 = 1;
/// The minor version of the C ABI; it grows with every addition.
pub const ABI_MINOR: u32 = 0;
