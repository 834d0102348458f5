//! The work of a browser: it classifies a request, checks responses, and fetches with a cache.
//!
//! Each piece of work occurs twice: by the crate, and by the tests' oracle, which is a plain transcription of the
//! standard.

mod cache;
mod fetches;
mod message;
mod transcribed;

use std::{
    fmt::{self, Write as _},
    hint::black_box,
};

use fetch_cors::browser::{
    Profile, Request, Response, cors_check,
    filter::filter,
    preflight::{check_preflight, preflight_request},
    request::ResponseTainting,
    route::route,
};

use super::{Repeat, Work};
pub use cache::ENTRIES;
use message::{ALLOWED, GRANTED, Page};

/// How many headers a page sets.
pub const HEADERS: [usize; 3] = [10, 100, 1000];

pub(super) fn all() -> Vec<Work> {
    let mut all = Vec::new();
    for (name, page) in [
        ("simple request", Page::simple()),
        ("simple request with two headers", Page::with_two_headers()),
        ("10 usual headers", Page::with_usual_headers()),
    ] {
        all.push(Work::new(format!("classify: {name}"), move || classify(page.request())));
        all.push(Work::new(format!("classify: {name}, transcribed"), move || transcribed::classify(page)));
    }
    for count in HEADERS {
        all.push(Work::new(format!("classify: {count} headers"), move || {
            classify(Page::with_headers(count).request())
        }));
        all.push(Work::new(format!("classify: {count} headers, transcribed"), move || {
            transcribed::classify(Page::with_headers(count))
        }));
        all.push(Work::new(format!("preflight for {count} headers"), move || {
            preflight(Page::with_headers(count).request())
        }));
        all.push(Work::new(format!("preflight for {count} headers, transcribed"), move || {
            transcribed::preflight(Page::with_headers(count))
        }));
    }
    all.push(Work::new("check preflight response", || {
        check(Page::with_two_unsafe_headers().request(), GRANTED.response())
    }));
    all.push(Work::new("check preflight response, transcribed", || {
        transcribed::check(Page::with_two_unsafe_headers(), GRANTED)
    }));
    all.push(Work::new("CORS check", || checked(Page::simple().request(), ALLOWED.response())));
    all.push(Work::new("CORS check, transcribed", || transcribed::checked(Page::simple(), ALLOWED)));
    all.push(Work::new("exposed names of 50 headers", || {
        exposed(Page::simple().request(), message::fifty_headers().response())
    }));
    all.push(Work::new("exposed names of 50 headers, transcribed", || {
        transcribed::exposed(Page::simple(), message::fifty_headers())
    }));
    all.extend(fetches::all());
    all.extend(cache::all());
    all
}

/// The switch of main fetch: with or without CORS, with or without a preflight.
fn classify(request: Request<'static>) -> Repeat {
    Box::new(move || {
        black_box(route(black_box(&request), &Profile::FETCH).is_ok());
    })
}

/// The preflight's own headers, written as text.
fn preflight(request: Request<'static>) -> Repeat {
    Box::new(move || {
        let preflight = preflight_request(black_box(&request), &Profile::FETCH);
        preflight.headers().for_each(|(_, value)| write(value));
    })
}

fn check(request: Request<'static>, response: Response<'static>) -> Repeat {
    Box::new(move || {
        assert!(black_box(check_preflight(black_box(&request), black_box(&response), &Profile::FETCH).is_ok()));
    })
}

fn checked(request: Request<'static>, response: Response<'static>) -> Repeat {
    Box::new(move || {
        assert!(black_box(cors_check(black_box(&request), black_box(&response), &Profile::FETCH).is_ok()));
    })
}

fn exposed(request: Request<'static>, response: Response<'static>) -> Repeat {
    let request = request.with_response_tainting(ResponseTainting::Cors);
    Box::new(move || {
        let filtered = filter(black_box(&request), black_box(&response), &Profile::FETCH);
        assert_eq!(black_box(filtered.headers().count()), message::EXPOSED_OF_FIFTY);
    })
}

/// A sink that drops its text.
struct Discard(usize);

impl fmt::Write for Discard {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += black_box(text).len();
        Ok(())
    }
}

fn write(value: impl fmt::Display) {
    let mut discard = Discard(0);
    assert!(write!(discard, "{value}").is_ok());
    black_box(discard.0);
}
