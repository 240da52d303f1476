//! See `learnerlink_fuzz::http_answer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::http_answer(input));
