//! Where the policy of a request comes from.

extern crate alloc;

use alloc::sync::Arc;

use http::{Extensions, HeaderMap, Method, Request, Uri, header};

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

    /// The host that the request is for, without its port. It is that of the URL, as in HTTP/2, or else of `Host`. An IPv6 address is in
    /// brackets.
    ///
    /// It is as the client sends it. Browsers send it in lower case. `None` without a host, or with several lines of
    /// `Host`.
    ///
    /// ```
    /// use std::{collections::HashMap, sync::Arc};
    ///
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors::tower::{CorsLayer, RequestHead};
    ///
    /// let public = Arc::new(PolicyConfig::new(["*"]).build()?);
    /// let shop = Arc::new(PolicyConfig::new(["https://shop.example"]).credentials().build()?);
    /// let by_host = HashMap::from([("api.shop.example", shop)]);
    /// let layer = CorsLayer::by_request(move |request: RequestHead<'_>| {
    ///     Arc::clone(request.host().and_then(|host| by_host.get(host)).unwrap_or(&public))
    /// });
    /// let app: axum::Router = axum::Router::new().layer(layer);
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn host(&self) -> Option<&'a str> {
        let host = self.uri.host().or_else(|| {
            let mut lines = self.headers.get_all(header::HOST).iter();
            let (Some(line), None) = (lines.next(), lines.next()) else { return None };
            let host = line.to_str().ok()?;
            let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
            // The colons of an IPv6 address are before its bracket.
            Some(if port.ends_with(']') { host } else { name })
        });
        host.filter(|host| !host.is_empty())
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
