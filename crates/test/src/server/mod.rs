//! Servers: the receivers of a page's requests.
//!
//! ```text
//! Request ──▶ Server ──▶ head of the response        Kind:  Tower · Hyper · Closure · AsyncClosure · Own (Live, yours)
//! ```

mod closure;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "ureq")]
mod live;
mod tower;

use core::{error, future::Future};

use bytes::Bytes;
pub use closure::{AsyncClosure, Closure, IntoAnswer};
#[cfg(feature = "hyper")]
pub use hyper::Hyper;
#[cfg(feature = "ureq")]
pub use live::Live;
pub use tower::{Tower, TowerWithBody, with_body};

/// Why there is no response. A page gets a network error.
pub type NoResponse = Box<dyn error::Error + Send + Sync>;

/// A server, seen from its client: a request goes in, and the head of a response comes out.
///
/// Servers are
/// - every `tower::Service<http::Request<Full<Bytes>>>` that can be cloned: a router of `axum`, a service of `tonic`, with all
///   their layers. One whose requests have another kind of body goes through [`with_body`];
/// - every service of `hyper`, with the feature `hyper`;
/// - every closure of `http::Request<Bytes>`, asynchronous or not, that returns a response, or a `Result` of one. An error is a
///   connection that fails;
/// - with the feature `ureq` a server that listens on a socket: `Live`.
///
/// Requests have the form of HTTP/1.1, with a `Host`, and the whole URL in [`http::Request::uri`]. The body of a response is
/// dropped: it does not matter to CORS, and may never end.
///
/// `Kind` distinguishes these. The compiler infers it. Implement the trait for a server of yours without it:
///
/// ```
/// use bytes::Bytes;
/// use fetch_cors_test::{Fetch, Page, server::{NoResponse, Server}};
///
/// struct Teapot;
///
/// impl Server for Teapot {
///     async fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
///         Ok(http::Response::builder().status(418).body(())?)
///     }
/// }
///
/// let fetched = Page::of("https://app.example").fetch_blocking(&Teapot, Fetch::get("https://api.example/"));
/// fetched.assert_refused(fetch_cors_test::ReasonCode::ALLOW_ORIGIN_MISSING);
/// ```
pub trait Server<Kind = Own> {
    /// Sends a request, and waits for the head of the response.
    fn send(&self, request: http::Request<Bytes>) -> impl Future<Output = Result<http::Response<()>, NoResponse>>;
}

/// The kind of a [`Server`] that implements the trait itself.
#[derive(Clone, Copy, Debug)]
pub enum Own {}
