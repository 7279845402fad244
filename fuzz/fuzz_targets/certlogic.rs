#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| zizhi_testkit::fuzz::certlogic(data));
