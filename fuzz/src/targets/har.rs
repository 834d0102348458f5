use fetch_cors_read::har::{Har, read};

/// A text is an error with its place, or a HAR.
pub fn run(data: &[u8]) {
    match read(data) {
        Ok(har) => holds(&har),
        Err(error) => super::pasted::is_told(&error, data),
    }
}

/// What is true of every HAR.
pub(super) fn holds(har: &Har<'_>) {
    assert!(har.entries.iter().all(|entry| entry.time.is_finite()));
}
