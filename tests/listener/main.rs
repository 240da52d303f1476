//! The embedded HTTP server: its life, its callers' tokens, its limits, and bad weather.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "../support/callers.rs"]
mod callers;
mod life;
mod limits;
mod stand;
#[path = "../support/tls.rs"]
mod tls;
mod tokens;
mod transport;
