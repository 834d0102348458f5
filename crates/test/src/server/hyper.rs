//! Services of `hyper`.

use core::fmt;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::Service;

use super::{NoResponse, Server};

/// The kind of a service of `hyper`.
#[derive(Clone, Copy, Debug)]
pub enum Hyper {}

impl<S, B> Server<Hyper> for S
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>>,
    S::Error: fmt::Display,
{
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        let response = self.call(request.map(Full::new)).await;
        Ok(response.map_err(|error| NoResponse::from(error.to_string()))?.map(drop))
    }
}
