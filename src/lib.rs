//! LearnerLink: official record services for learners and patients behind one embeddable library.

#![deny(unsafe_code)]

pub mod clock;
pub mod error;
pub mod http;

pub use clock::Clock;
pub use error::{Error, Result, Status};
