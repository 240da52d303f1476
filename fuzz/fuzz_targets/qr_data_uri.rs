//! See `learnerlink_fuzz::qr_data_uri`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| learnerlink_fuzz::qr_data_uri(input));
