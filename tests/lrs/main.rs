//! The Learning Records Service against servers that answer as a test tells them to.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

mod direct;
mod gateway;
mod hostile;
mod register;
mod stand;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/tls.rs"]
mod tls;
mod transfer;
mod trust;
