//! Closures and functions.

use core::{fmt, future::Future};

use bytes::Bytes;

use super::{NoResponse, Server};

/// The kind of a closure that returns a response.
#[derive(Clone, Copy, Debug)]
pub enum Closure {}

/// The kind of a closure that returns a future of a response.
#[derive(Clone, Copy, Debug)]
pub enum AsyncClosure {}

/// The result of a closure: a response, or a `Result` of one.
pub trait IntoAnswer {
    /// The head of the response, or the error.
    fn into_answer(self) -> Result<http::Response<()>, NoResponse>;
}

impl<B> IntoAnswer for http::Response<B> {
    fn into_answer(self) -> Result<http::Response<()>, NoResponse> {
        Ok(self.map(drop))
    }
}

impl<B, E: fmt::Display> IntoAnswer for Result<http::Response<B>, E> {
    fn into_answer(self) -> Result<http::Response<()>, NoResponse> {
        self.map(|response| response.map(drop)).map_err(|error| NoResponse::from(error.to_string()))
    }
}

impl<F, R> Server<Closure> for F
where
    F: Fn(http::Request<Bytes>) -> R,
    R: IntoAnswer,
{
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        self(request).into_answer()
    }
}

impl<F, R> Server<AsyncClosure> for F
where
    F: Fn(http::Request<Bytes>) -> R,
    R: Future<Output: IntoAnswer>,
{
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        self(request).await.into_answer()
    }
}
