//! Student-mobility enrolment: the cases of the specification over a receiver that answers as they say, the listener, and
//! what happens at the same time.

// A test says by failing that something is not as it must be, and tells where.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod chain;
mod conformance;
mod door;
mod keeping;
mod load;
#[path = "../support/place.rs"]
mod place;
mod stand;
#[path = "../support/mod.rs"]
mod support;
mod together;
