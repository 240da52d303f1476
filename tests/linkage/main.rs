//! Linkage keys: the conformance cases, the interfaces and who may use them, moving registers, and many at once.

// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod access;
mod administration;
mod cases;
mod chain;
mod conformance;
mod desk;
mod door;
mod faces;
#[path = "../support/place.rs"]
mod place;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/tls.rs"]
mod tls;
mod together;
mod transfer;
