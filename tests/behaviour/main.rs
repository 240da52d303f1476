//! What a host sees of the operations, over real HTTP against the sandbox: outcomes, outages, restarts,
//! retention, and the codes and pages that people use.

#![allow(clippy::unwrap_used)] // A test that cannot go on may panic.

mod admin;
mod browser;
mod codes;
mod outages;
#[path = "../support/place.rs"]
mod place;
mod shares;
mod stand;
