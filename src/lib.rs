//! LearnerLink: official record services for learners and patients behind one embeddable library.

#![deny(unsafe_code)]

pub mod audit;
pub mod clock;
pub mod error;
pub mod http;
pub mod identifiers;
pub mod json;
pub mod log;
pub mod privacy;
pub mod runtime;
pub mod store;
pub mod vault;

pub use clock::Clock;
pub use error::{Error, Result, Status};
