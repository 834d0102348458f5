//! Matrices: which pages can read which fetches of a server.
//!
//! ```text
//! cors_matrix!, TOML ──▶ Matrix ──▶ ask(server) ──▶ Cells ──▶ assert, snapshot
//!  given, table                      └── checks ──▶ Finding ──┘
//! ```

mod cells;
mod checks;
mod error;
mod given;
mod page;
#[cfg(feature = "toml")]
mod table;

pub use cells::Cells;
pub use checks::{Check, Finding};
pub use error::{MatrixError, MatrixErrors};
#[doc(hidden)]
pub use given::given;

use core::fmt;

use crate::{browser::Browser, fetch::Fetch, page::check_host, server::Server};
use checks::Checks;
use page::PageCalls;

/// The expectation of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expected {
    /// The page's script can read the response.
    Readable,
    /// The browser refuses.
    Refused,
    /// The script gets an opaque response.
    Opaque,
}

impl Expected {
    /// All expectations, from the one with most access to the one with least.
    pub const ALL: [Expected; 3] = [Expected::Readable, Expected::Opaque, Expected::Refused];

    /// The word for it in a matrix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Expected::Readable => "readable",
            Expected::Refused => "refused",
            Expected::Opaque => "opaque",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Pages of some origins, their fetches, and whether they can read them: see [`cors_matrix!`](crate::cors_matrix).
///
/// Beside the cells, a matrix runs the four [`Check`]s, on pages and programs outside of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    fetches: Vec<(String, Fetch)>,
    pages: Vec<(String, Vec<Expected>)>,
    cookies: Vec<(String, String)>,
    browsers: Vec<Browser>,
    checks: Vec<Check>,
}

impl Matrix {
    /// A matrix of named fetches, and of origins of pages, each with an expectation of every fetch, in the same order.
    ///
    /// All mistakes are reported together.
    pub fn new(
        fetches: impl IntoIterator<Item = (String, Fetch)>,
        pages: impl IntoIterator<Item = (String, Vec<Expected>)>,
    ) -> Result<Self, MatrixErrors> {
        let (fetches, pages): (Vec<_>, Vec<_>) = (fetches.into_iter().collect(), pages.into_iter().collect());
        error::find(&fetches, &pages)?;
        Ok(Matrix { fetches, pages, cookies: Vec::new(), browsers: Browser::ALL.to_vec(), checks: Check::ALL.to_vec() })
    }

    /// The matrix without one of the [`Check`]s.
    #[must_use]
    pub fn without(mut self, check: Check) -> Self {
        self.checks.retain(|own| *own != check);
        self
    }

    /// The matrix in other browsers than [`Browser::ALL`].
    #[must_use]
    pub fn in_browsers(mut self, browsers: impl IntoIterator<Item = Browser>) -> Self {
        self.browsers = browsers.into_iter().collect();
        self
    }

    /// The matrix in browsers that have cookies for a host. See [`Page::cookies`](crate::Page::cookies).
    ///
    /// # Panics
    ///
    /// If `host` is not a host alone.
    #[must_use]
    #[track_caller]
    pub fn cookies(mut self, host: impl Into<String>, cookies: impl Into<String>) -> Self {
        let host = host.into();
        if let Err(fix) = check_host(&host) {
            panic!("cookies of `{host}`: {fix}");
        }
        self.cookies.push((host, cookies.into()));
        self
    }

    /// The names of the fetches, and the fetches.
    pub fn fetches(&self) -> impl Iterator<Item = (&str, &Fetch)> {
        self.fetches.iter().map(|(name, fetch)| (name.as_str(), fetch))
    }

    /// The origins of the pages, and what is expected of each fetch.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &[Expected])> {
        self.pages.iter().map(|(origin, expected)| (origin.as_str(), expected.as_slice()))
    }

    /// Asks a server for each cell, in newly started browsers, and runs the checks.
    pub async fn ask<Kind, S: Server<Kind> + ?Sized>(&self, server: &S) -> Cells {
        let opened =
            PageCalls { cookies: &self.cookies, browsers: &self.browsers, server, kind: core::marker::PhantomData };
        let mut cells = Cells::default();
        for (origin, expected) in &self.pages {
            for ((name, fetch), expected) in self.fetches.iter().zip(expected) {
                let fetched = opened.fetch(origin, fetch.clone()).await;
                cells.push(origin, name, *expected, fetched);
            }
        }
        let checks = Checks::of(self, &opened, &cells).await;
        cells.checked(checks);
        cells
    }

    /// [`Matrix::ask`], on this thread, which blocks until it is done.
    pub fn ask_blocking<Kind, S: Server<Kind> + ?Sized>(&self, server: &S) -> Cells {
        pollster::block_on(self.ask(server))
    }
}
