//! Student Record Exchange: the cases of the specification, filters against an XSLT processor, and services that answer
//! as a test tells them to.

// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod client;
mod face;
mod filters;
mod sandbox;
#[path = "../support/mod.rs"]
mod support;
