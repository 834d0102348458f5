//! Other crates compared with this one, on equal requests: each around the same service, and the service alone.
#![allow(clippy::unnecessary_wraps, reason = "all peers have one signature")]

use std::{
    future::Future,
    hint::black_box,
    pin::pin,
    task::{Context, Poll, Waker},
};

mod actix;
mod least;
mod ours;
mod poem;
pub mod scenes;
mod tower_http;
mod warp;
use scenes::Scene;

/// A crate that answers.
pub struct Peer {
    pub name: &'static str,
    /// `None` if the peer does not have the setting.
    pub exchange: fn(&Scene, Around) -> Option<Box<dyn Exchange>>,
}

/// The subject of a measurement: the peer around a service, or the service alone, whose cost is subtracted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Around {
    Service,
    Nothing,
}

/// All peers. This crate is first, and the least code is last.
pub const ALL: &[Peer] = &[
    Peer { name: "fetch-cors, pairs", exchange: ours::pairs },
    Peer { name: "fetch-cors, HeaderMap", exchange: ours::map },
    Peer { name: "fetch-cors, tower", exchange: ours::tower },
    Peer { name: "tower-http", exchange: tower_http::exchange_of },
    Peer { name: "actix-cors", exchange: actix::exchange_of },
    Peer { name: "poem", exchange: poem::exchange_of },
    Peer { name: "warp", exchange: warp::exchange_of },
    Peer { name: "limit, pairs", exchange: least::pairs },
    Peer { name: "limit, HeaderMap", exchange: least::map },
];

/// Prepared requests, which are answered one by one.
pub trait Exchange {
    /// Prepares this many requests.
    fn prepare(&mut self, count: usize);
    /// Answers one request, and drops the answer.
    fn answer(&mut self);
    /// Answers one request, and returns the answer.
    fn show(&mut self) -> Answer;
}

#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub lines: Vec<(String, String)>,
}

impl Answer {
    fn new<'a, V: AsRef<[u8]>>(status: u16, lines: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        let text = |(name, value): (&str, V)| (name.to_owned(), String::from_utf8_lossy(value.as_ref()).into_owned());
        let mut lines: Vec<_> = lines.into_iter().map(text).collect();
        lines.sort();
        Answer { status, lines }
    }

    fn of(response: &http::Response<impl Sized>) -> Self {
        let lines = response.headers().iter().map(|(name, value)| (name.as_str(), value));
        Answer::new(response.status().as_u16(), lines)
    }
}

/// An exchange of three functions: one makes a request, one answers it, and one reads the answer.
struct Of<R, M, A, S> {
    ready: Vec<R>,
    make: M,
    answer: A,
    show: S,
}

fn exchange<R: 'static, T: 'static>(
    make: impl Fn() -> R + 'static,
    answer: impl FnMut(R) -> T + 'static,
    show: impl Fn(T) -> Answer + 'static,
) -> Box<dyn Exchange> {
    Box::new(Of { ready: Vec::new(), make, answer, show })
}

impl<R, T, M: Fn() -> R, A: FnMut(R) -> T, S: Fn(T) -> Answer> Exchange for Of<R, M, A, S> {
    fn prepare(&mut self, count: usize) {
        self.ready.extend((0..count).map(|_| (self.make)()));
    }

    fn answer(&mut self) {
        if let Some(request) = self.ready.pop() {
            black_box((self.answer)(black_box(request)));
        }
    }

    fn show(&mut self) -> Answer {
        (self.show)((self.answer)((self.make)()))
    }
}

/// The result of a future that never waits.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// A request as a server reads it: its values share one buffer.
fn http_request<B: Default>(scene: &Scene) -> impl Fn() -> http::Request<B> + use<B> {
    let mut headers = http::HeaderMap::new();
    for (name, value) in &scene.request {
        let value = http::HeaderValue::from_maybe_shared(bytes::Bytes::from(value.clone())).expect("it is a value");
        headers.append(*name, value);
    }
    let method = scene.method.parse::<http::Method>().expect("it is a method");
    move || {
        let mut request = http::Request::new(B::default());
        *request.method_mut() = method.clone();
        *request.headers_mut() = headers.clone();
        request
    }
}

type Lines = &'static [(&'static str, &'static str)];

/// The response of the service.
fn http_response<B: Default>(lines: Lines) -> http::Response<B> {
    let mut response = http::Response::new(B::default());
    for (name, value) in lines {
        let name = http::HeaderName::from_static(name);
        response.headers_mut().insert(name, http::HeaderValue::from_static(value));
    }
    response
}
