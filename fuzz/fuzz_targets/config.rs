//! See `learnerlink_fuzz::config`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::config(input));
