//! One file per subcommand.

pub mod batch;
pub mod call;
pub mod check_config;
pub mod describe;
pub mod doctor;
pub mod new_key;
pub mod operations;
pub mod serve;
pub mod store;
