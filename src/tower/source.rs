//! Where the policy of a request comes from.

extern crate alloc;

use alloc::sync::Arc;

use http::{Extensions, HeaderMap, Method, Request, Uri};

use crate::server::OwnedPolicy;
#[cfg(feature = "config")]
use crate::server::ReloadablePolicy;

/// A request without its body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestHead<'a> {
    /// The method; of a preflight, `OPTIONS`.
    pub method: &'a Method,
    /// The URL.
    pub uri: &'a Uri,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// What other layers have added.
    pub extensions: &'a Extensions,
}

impl<'a> RequestHead<'a> {
    pub(super) fn of<B>(request: &'a Request<B>) -> Self {
        RequestHead {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
        }
    }
}

/// Where the policy of a request comes from. It is asked once for each request.
pub trait PolicySource {
    /// The policy for this request.
    fn policy(&self, request: RequestHead<'_>) -> Arc<OwnedPolicy>;
}

/// The same policy for all.
impl PolicySource for Arc<OwnedPolicy> {
    #[inline]
    fn policy(&self, _request: RequestHead<'_>) -> Arc<OwnedPolicy> {
        Arc::clone(self)
    }
}

/// The policy that is current when the request comes.
#[cfg(feature = "config")]
impl PolicySource for Arc<ReloadablePolicy> {
    #[inline]
    fn policy(&self, _request: RequestHead<'_>) -> Arc<OwnedPolicy> {
        self.current()
    }
}

/// The policy that a function chooses.
impl<F: Fn(RequestHead<'_>) -> Arc<OwnedPolicy>> PolicySource for F {
    #[inline]
    fn policy(&self, request: RequestHead<'_>) -> Arc<OwnedPolicy> {
        self(request)
    }
}
