//! Checks that preflights reach the layer.

extern crate alloc;

use alloc::string::{String, ToString};
use core::{error, fmt, future::poll_fn};

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use tower_service::Service;

use super::{CorsLayer, PolicySource, RequestHead, service::saved_or_answered};
use crate::header::Headers;

/// A preflight did not reach the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misplaced {
    /// The path that was asked.
    pub path: String,
    /// The status of the answer; none if the service failed.
    pub status: Option<StatusCode>,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Misplaced { path, status } = self;
        match status {
            Some(status) => write!(
                formatter,
                "the preflight for `{path}` was answered with {}, and not by the layer: ",
                status.as_u16()
            ),
            None => write!(formatter, "the preflight for `{path}` failed before the layer: "),
        }?;
        formatter
            .write_str("wrap the whole router with `layer` after its last route, not a nested router, nor routes with `route_layer`")?;
        match status.map(|status| status.as_u16()) {
            // A router answers so.
            Some(404 | 405) => Ok(()),
            _ => formatter.write_str(
                ", and put other layers that answer, such as a check of logins, inside: in axum the layer that is added last is the outermost",
            ),
        }
    }
}

impl error::Error for Misplaced {}

impl<P: PolicySource, H, L> CorsLayer<P, H, L> {
    /// Sends a preflight for `uri` to a finished service, and fails if this layer does not answer it. If the layer was added by
    /// `route_layer`, the router itself answers, with 404 or 405.
    ///
    /// Call it in a test, for two URLs of each router: one with a route, and one without.
    ///
    /// ```
    /// use axum::{Router, body::Body, routing::get};
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors::tower::CorsLayer;
    /// # use futures_util::FutureExt;
    /// # async {
    ///
    /// let layer = CorsLayer::new(PolicyConfig::new(["https://app.example"]).build()?);
    /// let right: Router = Router::new().route("/items", get(async || "items")).layer(layer.clone());
    /// layer.check_placement::<_, Body, _>(right, "/items".parse()?).await?;
    ///
    /// let wrong: Router = Router::new().route("/items", get(async || "items").route_layer(layer.clone()));
    /// let misplaced = layer.check_placement::<_, Body, _>(wrong, "/items".parse()?).await.unwrap_err();
    /// assert_eq!(misplaced.status.unwrap(), 405);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }.now_or_never().unwrap()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn check_placement<S, RequestBody, ResponseBody>(&self, mut service: S, uri: Uri) -> Result<(), Misplaced>
    where
        S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
        RequestBody: Default,
    {
        let path = uri.path().to_string();
        let mut request = Request::new(RequestBody::default());
        *request.method_mut() = Method::OPTIONS;
        *request.uri_mut() = uri;
        // No policy looks up `null`.
        request.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("null"));
        request.headers_mut().insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
        let expected = {
            let head = RequestHead::of(&request);
            let policy = self.policy.policy(head);
            let decision = policy.decide(head.method.as_str(), Headers::from(head.headers));
            saved_or_answered::<()>(&decision).err()
        };
        let misplaced = |status| Misplaced { path: path.clone(), status };
        poll_fn(|context| service.poll_ready(context)).await.map_err(|_| misplaced(None))?;
        let response = service.call(request).await.map_err(|_| misplaced(None))?;
        let is_expected = |expected: Response<()>| {
            expected.status() == response.status() && of_layer(expected.headers()).eq(of_layer(response.headers()))
        };
        if expected.is_some_and(is_expected) { Ok(()) } else { Err(misplaced(Some(response.status()))) }
    }
}

/// The lines that a layer writes.
fn of_layer(map: &HeaderMap) -> impl Iterator<Item = (&header::HeaderName, &HeaderValue)> {
    map.iter().filter(|(name, _)| name.as_str().starts_with("access-control-") || **name == header::VARY)
}
