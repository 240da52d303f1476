//! See `learnerlink_fuzz::request`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::request(input));
