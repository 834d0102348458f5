//! Mistakes in a matrix.

use core::{error, fmt};

use fetch_cors::{browser::Profile, browser::Url, header::Headers, origin::Origin};

use super::Expected;
use crate::{fetch::Fetch, page::fix_of};

/// All mistakes in a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixErrors(pub(super) Vec<MatrixError>);

/// One mistake in a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatrixError {
    /// The place, such as `fetches.list`.
    pub field: String,
    /// The text there.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
    /// What to write instead.
    pub fix: String,
}

impl MatrixErrors {
    /// Each error.
    pub fn iter(&self) -> impl Iterator<Item = &MatrixError> {
        self.0.iter()
    }
}

impl fmt::Display for MatrixErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            if number > 0 {
                formatter.write_str("\n")?;
            }
            fmt::Display::fmt(error, formatter)?;
        }
        Ok(())
    }
}

impl error::Error for MatrixErrors {}

impl MatrixError {
    pub(super) fn new(field: &str, value: &str, reason: impl fmt::Display, fix: &str) -> Self {
        MatrixError { field: field.into(), value: value.into(), reason: reason.to_string(), fix: fix.into() }
    }
}

impl fmt::Display for MatrixError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MatrixError { field, value, reason, fix } = self;
        write!(formatter, "`{field}`: ")?;
        if !value.is_empty() {
            write!(formatter, "`{value}`: ")?;
        }
        write!(formatter, "{reason}; {fix}")
    }
}

impl error::Error for MatrixError {}

/// All mistakes in these fetches and pages.
pub(super) fn find(fetches: &[(String, Fetch)], pages: &[(String, Vec<Expected>)]) -> Result<(), MatrixErrors> {
    let mut errors = Vec::new();
    for (number, (name, fetch)) in fetches.iter().enumerate() {
        let field = format!("fetches.{name}");
        if fetches.iter().take(number).any(|(other, _)| other == name) {
            errors.push(MatrixError::new(&field, "", "the name is there twice", "give each fetch a name of its own"));
        }
        if let Err(reason) = call(fetch) {
            errors.push(MatrixError::new(&field, &fetch.to_string(), reason, "change the call"));
        }
    }
    for (number, (origin, expected)) in pages.iter().enumerate() {
        let field = format!("pages.{origin:?}");
        if pages.iter().take(number).any(|(other, _)| other == origin) {
            errors.push(MatrixError::new(&field, "", "the page is there twice", "keep one"));
        }
        if let Err(error) = Origin::parse(origin) {
            errors.push(MatrixError::new(&field, origin, error, &fix_of(origin)));
        }
        if expected.len() != fetches.len() {
            let reason = format!("there are {} cells, and {} fetches", expected.len(), fetches.len());
            errors.push(MatrixError::new(&field, "", reason, "write one cell for each fetch"));
        }
    }
    if fetches.is_empty() {
        errors.push(MatrixError::new("fetches", "", "there is none", "write what pages fetch"));
    }
    if pages.is_empty() {
        errors.push(MatrixError::new("pages", "", "there is none", "write the origins of pages"));
    }
    if errors.is_empty() { Ok(()) } else { Err(MatrixErrors(errors)) }
}

/// Checks that a page can make this call.
fn call(fetch: &Fetch) -> Result<(), String> {
    let url = fetch.parsed_url(&Profile::FETCH)?;
    let url = Url::try_from(&url).map_err(|error| error.to_string())?;
    fetch.request(url, Origin::OPAQUE, Headers::from_pairs(&fetch.header_pairs())).map(drop)
}
