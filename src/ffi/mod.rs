//! The C ABI: the only module with `unsafe` code.
//!
//! An export is a shell of a few lines: an error slot and one [`raw::guard`] around safe code. What every
//! export demands of its caller is written once, in the introduction of the generated header:
//! pointers are NULL or valid for the call, input texts end in NUL, buffers hold as many bytes as said.

#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
#![allow(unsafe_code, non_camel_case_types)]
// The contract of all exports is the header's introduction; see above.
#![allow(clippy::missing_safety_doc)]

pub mod exports;
mod host;
mod process;
mod raw;
pub mod types;
