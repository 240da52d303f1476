//! See `learnerlink_fuzz::lrs_answer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::lrs_answer(input));
