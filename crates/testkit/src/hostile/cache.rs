//! Large answers, and many of them, for the preflight cache.

use std::{hint::black_box, time::Duration};

use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, PreflightCache, Profile, Request, Response, Url,
        cache::FixedPreflightCache, fetch,
    },
    origin::Origin,
};

use super::{
    Growth, Hostile, MANY, Prepared, joined, leak_str,
    lists::{request, response},
    names,
};

pub const ALL: &[Hostile] = &[
    Hostile::new("names into a growing cache", MANY, Growth::Linear, |count| {
        stored(GrowingPreflightCache::new, &names(count))
    }),
    Hostile::new("names into a fixed cache", MANY, Growth::Linear, |count| {
        stored(FixedPreflightCache::<256, 128>::new, &names(count))
    }),
    Hostile::new("equal names into a growing cache", MANY, Growth::Linear, |count| {
        stored(GrowingPreflightCache::new, &vec!["x-a"; count])
    }),
    Hostile::new("equal names into a fixed cache", MANY, Growth::Linear, |count| {
        stored(FixedPreflightCache::<256, 128>::new, &vec!["x-a"; count])
    }),
    Hostile::new("names in a cache with `*`, looked up", MANY, Growth::Sorted, |count| {
        let (request, bytes) = request(&names(count));
        let (response, _) = response(vec![
            ("access-control-allow-headers", joined(&[&["*"], names(400).as_slice()].concat()).as_bytes()),
            ("access-control-max-age", b"600"),
        ]);
        let mut cache = GrowingPreflightCache::new();
        assert!(matches!(ask(request, &response, &mut cache), Asked::Preflight));
        let work = move || assert!(matches!(ask(request, &response, &mut cache), Asked::Nothing));
        Prepared { bytes, work: Box::new(work) }
    }),
    Hostile::new("URLs into a growing cache that is full, 100 each time", [10_000, 100_000], Growth::None, |count| {
        let mut cache = GrowingPreflightCache::with_limit(count);
        let mut numbers = 0..;
        let (of_page, _) = request(&["x-a"]);
        let (response, _) =
            response(vec![("access-control-allow-headers", b"x-a"), ("access-control-max-age", b"600")]);
        let mut next = move |times: usize| {
            for number in numbers.by_ref().take(times) {
                let href = format!("https://api.example/{number:07}");
                let url = Url::new(&href).expect("it is a URL");
                black_box(ask(moved(of_page, url), &response, &mut cache));
            }
        };
        next(count);
        // A full cache drops one entry in a thousand at a time. Counting so many spreads the cost of a drop over them.
        Prepared { bytes: count / 1000 * 20, work: Box::new(move || next(100)) }
    }),
    Hostile::new("entries, one looked up", [1_000, 100_000], Growth::None, |count| {
        let mut cache = GrowingPreflightCache::with_limit(count);
        let (of_page, _) = request(&["x-a"]);
        let (response, _) =
            response(vec![("access-control-allow-headers", b"x-a"), ("access-control-max-age", b"600")]);
        let urls: Vec<_> = (0..count).map(|number| leak_str(format!("https://api.example/{number:07}"))).collect();
        let of_url = move |href: &'static str| moved(of_page, Url::new(href).expect("it is a URL"));
        for url in &urls {
            ask(of_url(url), &response, &mut cache);
        }
        let last = of_url(urls.last().expect("there is one"));
        let work = move || assert!(matches!(ask(last, &response, &mut cache), Asked::Nothing));
        Prepared { bytes: 27, work: Box::new(work) }
    }),
];

enum Asked {
    Preflight,
    Nothing,
}

/// The request with another URL.
fn moved<'a>(request: Request<'static>, url: Url<'a>) -> Request<'a> {
    let page = Origin::parse("https://page.example").expect("it is an origin");
    Request::new(url, page)
        .with_headers(request.headers())
        .with_mode(request.mode())
        .with_credentials_mode(request.credentials_mode())
        .with_unsafe_request_flag(request.unsafe_request_flag())
}

/// Fetches up to the answer to the preflight, if one is needed.
fn ask(request: Request<'_>, response: &Response<'_>, cache: &mut impl PreflightCache) -> Asked {
    let environment = Environment::new(&Profile::FETCH);
    match fetch(black_box(request), environment, cache, Duration::ZERO) {
        Ok(Action::SendPreflight(awaiting)) => {
            let _ = awaiting.on_response(response, cache, Duration::ZERO).expect("the preflight passes");
            Asked::Preflight
        }
        Ok(_) => Asked::Nothing,
        Err(error) => panic!("{error}"),
    }
}

/// A cache with an answer that grants all these names. The request has the first name.
fn stored<C: PreflightCache + 'static>(cache: fn() -> C, names: &[&'static str]) -> Prepared {
    let (request, _) = request(names.get(..1).unwrap_or_default());
    let (response, bytes) =
        response(vec![("access-control-allow-headers", joined(names).as_bytes()), ("access-control-max-age", b"600")]);
    let work = move || {
        let mut cache = cache();
        assert!(matches!(ask(request, &response, &mut cache), Asked::Preflight));
        black_box(&cache);
    };
    Prepared { bytes, work: Box::new(work) }
}
