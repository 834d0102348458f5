//! Predicates: code that allows origins which no pattern matches.

use crate::header::{HeaderName, Headers};

/// Your code that allows origins which no pattern matches.
///
/// It is called only with well-formed origins, never with `null`, and only if no pattern of its own rule or of an earlier one
/// matches. It says what it reads of the request, so that `Vary` stays right.
///
/// A closure over the origin alone is one:
///
/// ```
/// use fetch_cors::server::Policy;
///
/// static POLICY: Policy<'static> = Policy::builder(&[])
///     .predicate(&|origin: &str| origin.starts_with("https://") && origin.ends_with(".app.example"))
///     .build_or_panic();
/// ```
// AD-HOC: the standard lets servers choose which origins they allow.
pub trait OriginPredicate: Send + Sync {
    /// Whether `origin`, a serialized origin, is allowed on this request.
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool;

    /// The names of the headers other than `Origin` that [`OriginPredicate::allows`] reads.
    fn reads(&self) -> &'static [HeaderName<'static>];
}

/// A predicate over the origin alone.
impl<F: Fn(&str) -> bool + Send + Sync> OriginPredicate for F {
    fn allows(&self, origin: &str, _request: Headers<'_>) -> bool {
        self(origin)
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        &[]
    }
}
