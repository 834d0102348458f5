//! A matrix as a test writes it.

use super::{Expected, Matrix};
use crate::fetch::Fetch;

/// A table of pages and fetches, with what is expected of each cell: `readable`, `refused` or `opaque`.
///
/// ```
/// use fetch_cors_test::{Fetch, cors_matrix};
///
/// let matrix = cors_matrix! {
///     fetches {
///         list = Fetch::get("https://api.example/items");
///         change = Fetch::put("https://api.example/items/7").json().credentials();
///     }
///     pages                     list      change;
///     "https://app.example"     readable  readable;
///     "https://other.example"   refused   refused;
/// };
/// # let server = |request: http::Request<bytes::Bytes>| {
/// #     let allowed = request.headers().get("origin").is_some_and(|origin| origin == "https://app.example");
/// #     let mut response = http::Response::builder().header("vary", "origin");
/// #     if allowed {
/// #         for (name, value) in [("allow-origin", "https://app.example"), ("allow-credentials", "true"),
/// #             ("allow-methods", "PUT"), ("allow-headers", "content-type")] {
/// #             response = response.header(format!("access-control-{name}"), value);
/// #         }
/// #     }
/// #     response.body(()).unwrap()
/// # };
/// matrix.ask_blocking(&server).assert();
/// ```
///
/// A row with too few or too many cells does not compile.
///
/// # Panics
///
/// If an origin or a call is invalid, with all such mistakes at once.
#[macro_export]
macro_rules! cors_matrix {
    (
        fetches { $($name:ident = $fetch:expr;)+ }
        pages $($column:ident)+;
        $($origin:literal $($cell:ident)+;)+
    ) => {{
        const COLUMNS: usize = [$(stringify!($column)),+].len();
        let fetches = [$((stringify!($name), $fetch)),+];
        let columns: [&str; COLUMNS] = [$(stringify!($column)),+];
        let pages: &[(&str, [$crate::matrix::Expected; COLUMNS])] =
            &[$(($origin, [$($crate::cors_matrix!(@ $cell)),+])),+];
        let pages = pages.iter().map(|(origin, expected)| (*origin, expected.as_slice()));
        $crate::matrix::given(fetches, &columns, pages)
    }};
    (@ readable) => { $crate::matrix::Expected::Readable };
    (@ refused) => { $crate::matrix::Expected::Refused };
    (@ opaque) => { $crate::matrix::Expected::Opaque };
}

/// The matrix of [`cors_matrix!`](crate::cors_matrix).
#[doc(hidden)]
#[track_caller]
pub fn given<'a>(
    fetches: impl IntoIterator<Item = (&'a str, Fetch)>,
    columns: &[&str],
    pages: impl IntoIterator<Item = (&'a str, &'a [Expected])>,
) -> Matrix {
    let fetches: Vec<(String, Fetch)> = fetches.into_iter().map(|(name, fetch)| (name.to_owned(), fetch)).collect();
    let names: Vec<&str> = fetches.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names == columns,
        "the columns are {columns:?}, and the fetches are {names:?}: name all, in the same order"
    );
    let pages = pages.into_iter().map(|(origin, expected)| (origin.to_owned(), expected.to_vec()));
    match Matrix::new(fetches, pages) {
        Ok(matrix) => matrix,
        Err(errors) => panic!("{errors}"),
    }
}
