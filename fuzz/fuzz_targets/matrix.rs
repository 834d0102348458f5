#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fetch_cors_fuzz::targets::matrix::run(data));
