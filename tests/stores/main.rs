//! What every method of every trait of the store must do, on SQLite and on PostgreSQL alike; and what only a server can do.

#![cfg(target_os = "linux")]
// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod audit;
mod batches;
mod copies;
mod enrollments;
mod failover;
mod linkage;
mod linkage_imports;
mod lrs;
#[path = "../support/player.rs"]
mod player;
#[path = "../support/postgres.rs"]
mod postgres;
mod profiles;
mod refused;
mod shares;
mod sif;
mod stand;
#[path = "../support/tls.rs"]
mod tls;
mod together;
mod vault_keys;
