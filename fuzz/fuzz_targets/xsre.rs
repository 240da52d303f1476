//! See `learnerlink_fuzz::xsre`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::xsre(input));
