//! The same work by the tests' oracle, step by step as the standard is written.

use std::{hint::black_box, time::Duration};

use super::{
    cache::spread,
    message::{ALLOWED, EXPOSED, EXPOSED_OF_FIFTY, GRANTED, Head, PAGE, Page},
};
use testkit::oracle::{
    Header,
    cors_check::cors_check,
    cors_unsafe_request_header_names,
    filtered_response::filtered_headers,
    main_fetch::{Fetched, main_fetch},
    preflight::{Grant, preflight_headers, preflight_response},
    preflight_cache::{Answer, Asking, Cache},
    request::{Request, Url},
    request_init::{Api, Init},
    request_origin_header::request_origin_header,
    timing_allow::tao_check,
};

use crate::work::{Repeat, requests::Lines};

fn request(page: Page) -> Request {
    let origin = |href: &str| href.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let init = Init {
        api: Api::Fetch,
        method: page.method.to_owned(),
        headers: page.lines.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect(),
        body: None,
        mode: "cors",
        credentials_mode: "same-origin",
        redirect_mode: "follow",
        referrer_policy: "",
        upload_listener: false,
        url: Url {
            href: page.url.to_owned(),
            scheme: "https".to_owned(),
            origin: origin(page.url),
            includes_credentials: false,
        },
        origin: PAGE.to_owned(),
    };
    init.request().expect("nothing is thrown")
}

fn list(lines: Lines) -> Vec<Header> {
    lines.iter().map(|(name, value)| (name.as_bytes().to_vec(), value.to_vec())).collect()
}

pub(super) fn classify(page: Page) -> Repeat {
    let request = request(page);
    Box::new(move || {
        black_box(main_fetch(black_box(&request)).is_ok());
    })
}

pub(super) fn preflight(page: Page) -> Repeat {
    let request = request(page);
    Box::new(move || {
        black_box(preflight_headers(black_box(&request)));
    })
}

pub(super) fn check(page: Page, head: Head) -> Repeat {
    let (request, lines) = (request(page), list(head.lines));
    Box::new(move || {
        assert!(black_box(preflight_response(black_box(&request), head.status, black_box(&lines)).is_ok()));
    })
}

pub(super) fn checked(page: Page, head: Head) -> Repeat {
    let (request, lines) = (request(page), list(head.lines));
    Box::new(move || {
        assert!(black_box(cors_check(black_box(&request), black_box(&lines)).is_ok()));
    })
}

pub(super) fn exposed(page: Page, head: Head) -> Repeat {
    let (request, lines) = (Request { response_tainting: "cors", ..request(page) }, list(head.lines));
    Box::new(move || {
        assert_eq!(filtered_headers(black_box(&request), black_box(&lines)).len(), EXPOSED_OF_FIFTY);
    })
}

pub(super) fn fetches(page: Page, later: Duration) -> Repeat {
    let (request, granted, allowed) = (request(page), list(GRANTED.lines), list(ALLOWED.lines));
    let mut cache = Cache::default();
    let mut now = Duration::ZERO;
    Box::new(move || {
        now += later;
        assert_eq!(fetch_once(request.clone(), &granted, &allowed, &mut cache, now), EXPOSED);
    })
}

/// Main fetch, 12 and 14, and HTTP fetch, 4.
fn fetch_once(mut request: Request, granted: &[Header], allowed: &[Header], cache: &mut Cache, now: Duration) -> usize {
    let fetched = main_fetch(black_box(&request)).expect("it is fetched");
    request.response_tainting = fetched.response_tainting();
    if fetched == Fetched::CorsWithPreflight {
        let asking = asking(&request);
        if cache.needs_preflight(&asking, now) {
            black_box((preflight_headers(&request), request_origin_header(&request)));
            let grant = preflight_response(&request, GRANTED.status, granted).expect("the preflight passes");
            cache.preflight_response(&asking, &answer(grant), now).expect("the grant is enough");
        }
    }
    black_box(request_origin_header(&request));
    cors_check(&request, allowed).expect("it may be read");
    request.timing_allow_failed = !tao_check(&request, allowed);
    filtered_headers(&request, allowed).len()
}

fn asking(request: &Request) -> Asking {
    let names = cors_unsafe_request_header_names(&request.header_list);
    Asking {
        key: (String::new(), request.serialized_origin(), request.current_url().href.clone()),
        method: request.method.clone(),
        unsafe_names: names.into_iter().map(text).collect(),
        use_cors_preflight_flag: request.use_cors_preflight_flag,
        include_credentials: request.credentials_mode == "include",
    }
}

fn answer(grant: Grant) -> Answer {
    let texts = |list: Vec<Vec<u8>>| list.into_iter().map(text).collect();
    Answer {
        methods: grant.methods.map(texts),
        header_names: grant.header_names.map(texts),
        max_age: vec![grant.max_age.to_string()],
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("tokens are text")
}

pub(super) fn look_up(pages: &[Page]) -> Repeat {
    let mut cache = Cache::default();
    let granted = list(GRANTED.lines);
    for page in pages {
        let request = request(*page);
        let grant = preflight_response(&request, GRANTED.status, &granted).expect("the preflight passes");
        cache.preflight_response(&asking(&request), &answer(grant), Duration::ZERO).expect("the grant is enough");
    }
    let asked: Vec<Asking> = spread(pages).map(|page| asking(&request(*page))).collect();
    let mut turns = (0..asked.len()).cycle();
    Box::new(move || {
        if let Some(asking) = turns.next().and_then(|turn| asked.get(turn)) {
            assert!(!black_box(cache.needs_preflight(black_box(asking), Duration::ZERO)));
        }
    })
}
