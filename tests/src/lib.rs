//! Helpers for headless tests: a brute-force fabric, random designs, a hash of an assessment.

pub mod designs;
pub mod wiring;

include!(concat!(env!("OUT_DIR"), "/native_hash.rs"));
