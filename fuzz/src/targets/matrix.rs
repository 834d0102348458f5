use fetch_cors_test::Matrix;

/// A matrix in TOML must give errors with their fields, or a matrix with all of its cells.
pub fn run(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    match Matrix::from_toml(text) {
        Ok(matrix) => {
            let fetches = matrix.fetches().count();
            assert!(fetches > 0 && matrix.pages().count() > 0, "{matrix:?}");
            assert!(matrix.pages().all(|(_, expected)| expected.len() == fetches), "{matrix:?}");
        }
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
}
