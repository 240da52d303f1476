//! Bulk jobs against a sandbox: every row has its result, whatever the file holds and however the work ends.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

mod ends;
mod files;
#[cfg(target_os = "linux")]
#[path = "../support/postgres.rs"]
mod postgres;
mod results;
#[cfg(target_os = "linux")]
mod server;
mod service;
mod stand;
