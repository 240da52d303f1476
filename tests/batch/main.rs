//! Bulk jobs against a sandbox: every row has its result, whatever the file holds and however the work ends.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

mod ends;
mod files;
mod results;
mod service;
mod stand;
