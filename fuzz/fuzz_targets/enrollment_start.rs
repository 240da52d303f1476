//! See `learnerlink_fuzz::enrollment_start`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::enrollment_start(input));
