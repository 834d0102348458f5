//! Servers of many kinds, working and broken, and pages that fetch from them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::needless_pass_by_value, reason = "servers take requests")]

mod broken;
mod kinds;
mod matrix;
mod middleware;
mod page;
mod sent;

use bytes::Bytes;
use http::{Request, Response};

/// A response with this status and these headers.
pub(crate) fn response(status: u16, lines: &[(&str, &str)]) -> Response<()> {
    let mut response = Response::builder().status(status);
    for (name, value) in lines {
        response = response.header(*name, *value);
    }
    response.body(()).unwrap()
}

/// A server that gives every request the same answer, which allows a page everything that the tests do.
pub(crate) fn open(request: &Request<Bytes>) -> Response<()> {
    let origin = request.headers().get("origin").map_or("https://app.example", |origin| origin.to_str().unwrap());
    response(
        200,
        &[
            ("access-control-allow-origin", origin),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "PUT, DELETE, PATCH"),
            ("access-control-allow-headers", "content-type, x-request-id"),
            ("access-control-max-age", "600"),
            ("vary", "origin"),
            ("etag", "\"1\""),
        ],
    )
}

/// The message of a failed assertion.
pub(crate) fn message(assertion: impl FnOnce()) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(assertion)).expect_err("the assertion fails");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().expect("it is a text")).to_owned(),
    }
}

/// Panics unless the text contains all of these.
#[track_caller]
pub(crate) fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no {part:?} in:\n{text}");
    }
}
