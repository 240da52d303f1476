//! SIF Student Record Exchange.

pub mod document;
pub mod filter;
