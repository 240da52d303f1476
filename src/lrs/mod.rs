//! The Learning Records Service (LRS): matching a learner to a ULN, fetching the personal learning record.

pub mod config;
pub mod query;
pub mod records;
pub mod register;
pub mod soap;
