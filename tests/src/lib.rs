//! Helpers for headless tests.
