//! The systems of linkage-key suppliers, played by servers that answer as a test tells them to.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

mod composed;
mod emis;
mod header;
mod native;
mod stand;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/tls.rs"]
mod tls;
mod tpp;
mod troubles;
mod trust;
mod vision;
