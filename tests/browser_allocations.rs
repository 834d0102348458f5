//! The core allocates nothing: a counting allocator checks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use core::{
    fmt::{self, Write},
    time::Duration,
};

#[cfg(feature = "heapless")]
use fetch_cors::browser::cache::FixedPreflightCache;
#[cfg(feature = "cache")]
use fetch_cors::browser::{
    GrowingPreflightCache,
    cache::{CacheEntry, CacheKey, EntryCredentials, Permission},
};
use fetch_cors::{
    browser::{
        Action, Environment, NoCache, Outcome, PreflightCache, Profile, Request, RequestInit, Response, Url,
        cors_check, fetch,
        filter::filter,
        preflight::{PreflightRequest, check_preflight},
        request::{BodyInit, CredentialsMode, ResponseTainting},
        route::{Route, route},
        safelist::cors_unsafe_request_header_names,
    },
    header::Headers,
    origin::Origin,
};

/// The number of allocations of `run`, and its result.
fn allocations<T>(run: impl FnOnce() -> T) -> (u64, T) {
    let mut result = None;
    let counted = allocation_counter::measure(|| result = Some(run()));
    (counted.count_total, result.unwrap())
}

/// Counts the bytes that are written, and keeps none.
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn written(value: impl fmt::Display) -> usize {
    let mut count = Count(0);
    write!(count, "{value}").unwrap();
    count.0
}

fn page() -> Origin<'static> {
    Origin::parse("https://page.example").unwrap()
}

const REDIRECTS: usize = 20;

/// The requests of a chain of redirects, and its end.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    preflights: usize,
    requests: usize,
    with_null_origin: usize,
    bytes_of_preflights: usize,
    visible: usize,
}

/// Twenty redirects, each to another origin, with a preflight at each of the 21 URLs.
fn chain(urls: &[String], cache: &mut impl PreflightCache) -> Seen {
    let mut seen = Seen::default();
    let page_headers: [(&str, &[u8]); 3] = [("X-A", b"1"), ("x-b", b"2"), ("Content-Type", b"application/json")];
    let granted: [(&str, &[u8]); 4] = [
        ("Access-Control-Allow-Origin", b"*"),
        ("Access-Control-Allow-Methods", b"PUT"),
        ("Access-Control-Allow-Headers", b"content-type, x-a, x-b"),
        ("Access-Control-Max-Age", b"600"),
    ];
    let granted = Response::new(204, Headers::from_pairs(&granted)).unwrap();
    let request = RequestInit {
        method: "put",
        headers: Headers::from_pairs(&page_headers),
        body: Some(BodyInit::Text),
        credentials: CredentialsMode::Omit,
        ..RequestInit::default()
    };
    let request = request.request(Url::new(&urls[0]).unwrap(), page()).unwrap();
    let environment = Environment::new(&Profile::FETCH);
    let action = fetch(request, environment, cache, Duration::ZERO).unwrap();
    follow(&action, &granted, &urls[1..], cache, &mut seen);
    seen
}

fn follow(
    action: &Action<'_>,
    granted: &Response<'_>,
    urls: &[String],
    cache: &mut impl PreflightCache,
    seen: &mut Seen,
) {
    let awaiting = match action.clone() {
        Action::SendPreflight(awaiting) => {
            seen.preflights += 1;
            seen.bytes_of_preflights += preflight_length(awaiting.preflight());
            awaiting.on_response(granted, cache, Duration::ZERO).unwrap()
        }
        Action::SendRequest(awaiting) => awaiting,
        Action::FetchScheme(..) => panic!("all URLs are HTTP"),
    };
    let outgoing = awaiting.outgoing();
    seen.requests += 1;
    seen.with_null_origin += usize::from(outgoing.origin().unwrap().is_opaque());
    assert_eq!(outgoing.headers.iter().count(), 5, "three of the page's, `Accept` and `Origin`");
    let Some((next, rest)) = urls.split_first() else {
        let lines: [(&str, &[u8]); 3] =
            [("Access-Control-Allow-Origin", b"*"), ("Access-Control-Expose-Headers", b"X-C"), ("X-C", b"1")];
        let response = Response::new(200, Headers::from_pairs(&lines)).unwrap();
        let Outcome::Response(filtered) = awaiting.on_response(&response, cache).unwrap() else { panic!("200") };
        assert_eq!(usize::from(filtered.redirects()), REDIRECTS);
        seen.visible = filtered.headers().count();
        return;
    };
    let lines: [(&str, &[u8]); 2] = [("Access-Control-Allow-Origin", b"*"), ("Location", next.as_bytes())];
    let response = Response::new(307, Headers::from_pairs(&lines)).unwrap();
    let Outcome::Redirect(redirect) = awaiting.on_response(&response, cache).unwrap() else { panic!("307") };
    assert_eq!(redirect.location(), *next.as_bytes());
    let action = redirect.follow(Some(Url::new(next).unwrap()), cache, Duration::ZERO).unwrap();
    follow(&action, granted, rest, cache, seen);
}

fn preflight_length(preflight: PreflightRequest<'_>) -> usize {
    preflight.headers().map(|(name, value)| name.as_str().len() + written(value)).sum()
}

fn urls() -> Vec<String> {
    (0..=REDIRECTS).map(|hop| format!("https://host-{hop}.example/path")).collect()
}

/// The expected requests if no preflight is saved.
fn all_preflights() -> Seen {
    let names = "accept*/*access-control-request-methodPUTaccess-control-request-headerscontent-type,x-a,x-borigin";
    let bytes_of_preflights = 21 * names.len() + "https://page.example".len() + "null".len() * REDIRECTS;
    Seen { preflights: 21, requests: 21, with_null_origin: REDIRECTS, bytes_of_preflights, visible: 1 }
}

#[test]
fn counting_allocator_counts_an_allocation() {
    let (count, _) = allocations(|| vec![Box::new(1), Box::new(2)]);
    assert_eq!(count, 3);
}

#[test]
fn twenty_preflighted_redirects_without_a_cache_allocate_nothing() {
    let urls = urls();
    let (count, seen) = allocations(|| chain(&urls, &mut NoCache));
    assert_eq!(seen, all_preflights());
    assert_eq!(count, 0);
}

#[cfg(feature = "heapless")]
#[test]
fn twenty_preflighted_redirects_with_a_fixed_cache_allocate_nothing() {
    let urls = urls();
    let (count, (first, second, entries)) = allocations(|| {
        let mut cache = FixedPreflightCache::<84, 128>::new();
        let first = chain(&urls, &mut cache);
        (first, chain(&urls, &mut cache), cache.len())
    });
    assert_eq!(first, all_preflights());
    assert_eq!(second, Seen { preflights: 0, bytes_of_preflights: 0, ..all_preflights() });
    assert_eq!(entries, 84, "of each URL a method and three names");
    assert_eq!(count, 0);
}

#[cfg(feature = "heapless")]
#[test]
fn full_fixed_cache_evicts_without_allocating() {
    let urls = urls();
    let (count, entries) = allocations(|| {
        let mut cache = FixedPreflightCache::<5, 128>::new();
        assert_eq!(chain(&urls, &mut cache), all_preflights());
        cache.len()
    });
    assert_eq!((count, entries), (0, 5));
}

#[cfg(feature = "cache")]
#[test]
fn look_up_in_a_growing_cache_allocates_nothing() {
    let urls = urls();
    let mut cache = GrowingPreflightCache::new();
    assert_eq!(chain(&urls, &mut cache), all_preflights());
    let (count, seen) = allocations(|| chain(&urls, &mut cache));
    assert_eq!(seen, Seen { preflights: 0, bytes_of_preflights: 0, ..all_preflights() });
    assert_eq!(count, 0);
}

#[test]
fn simple_request_allocates_nothing() {
    let (count, ()) = allocations(|| {
        let lines: [(&str, &[u8]); 2] = [("Accept-Language", b"en"), ("Content-Type", b"text/plain")];
        let init = RequestInit { headers: Headers::from_pairs(&lines), ..RequestInit::default() };
        let request = init.request(Url::new("https://api.example/").unwrap(), page()).unwrap();
        assert!(matches!(route(&request, &Profile::FETCH), Ok(Route::Cors)));
    });
    assert_eq!(count, 0);
}

#[test]
fn fifty_headers_of_which_32_are_listed_allocate_nothing() {
    let names: Vec<String> = (0..50).map(|number| format!("X-{number:02}")).collect();
    let list = names[..32].join(", ").to_ascii_lowercase();
    let mut lines: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    lines.push(("Access-Control-Expose-Headers", list.as_bytes()));
    let request = RequestInit::default().request(Url::new("https://api.example/").unwrap(), page()).unwrap();
    let request = request.with_response_tainting(ResponseTainting::Cors);
    let response = Response::new(200, Headers::from_pairs(&lines)).unwrap();
    let (count, seen) = allocations(|| filter(&request, &response, &Profile::FETCH).headers().count());
    assert_eq!((count, seen), (0, 32));
}

#[test]
fn checks_of_one_exchange_allocate_nothing() {
    let (count, ()) = allocations(|| {
        let lines: [(&str, &[u8]); 2] = [("X-A", b"1"), ("Authorization", b"a")];
        let headers = Headers::from_pairs(&lines);
        let init = RequestInit { method: "DELETE", headers, ..RequestInit::default() };
        let request: Request<'_> = init.request(Url::new("https://api.example/").unwrap(), page()).unwrap();
        let names = cors_unsafe_request_header_names(request.headers(), &Profile::FETCH);
        assert_eq!(written(names), "authorization,x-a".len());
        let request = request.with_response_tainting(ResponseTainting::Cors);
        let answer: [(&str, &[u8]); 4] = [
            ("Access-Control-Allow-Origin", b"https://page.example"),
            ("Access-Control-Allow-Methods", b"DELETE, PUT"),
            ("Access-Control-Allow-Headers", b"*, authorization"),
            ("X-B", b"1"),
        ];
        let good = Response::new(200, Headers::from_pairs(&answer)).unwrap();
        let grant = check_preflight(&request, &good, &Profile::FETCH).unwrap();
        assert_eq!((grant.methods.iter().count(), grant.header_names.iter().count()), (2, 2));
        cors_check(&request, &good, &Profile::FETCH).unwrap();
        assert_eq!(filter(&request, &good, &Profile::FETCH).headers().count(), 0);
        let bad = Response::new(200, Headers::from_pairs(&answer[1..])).unwrap();
        let error = cors_check(&request, &bad, &Profile::FETCH).unwrap_err();
        assert!(written(error) > 0 && written(error.step()) > 0);
        let error = check_preflight(&request, &bad, &Profile::FETCH).unwrap_err();
        assert!(written(error) > 0);
    });
    assert_eq!(count, 0);
}

#[test]
fn failed_fetch_allocates_nothing() {
    let urls = urls();
    let (count, ()) = allocations(|| {
        let request = RequestInit { method: "PUT", ..RequestInit::default() };
        let request = request.request(Url::new(&urls[0]).unwrap(), page()).unwrap();
        let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendPreflight(awaiting) = action else { panic!("`PUT` is asked for") };
        let response = Response::new(200, Headers::EMPTY).unwrap();
        let error = awaiting.on_response(&response, &mut NoCache, Duration::ZERO).unwrap_err();
        assert!(written(error) > 0);
    });
    assert_eq!(count, 0);
}

/// Classifies this many unsafe headers. Returns the number of allocations, and the number when their names are written.
fn classified(headers: usize) -> (u64, u64) {
    let names: Vec<String> = (0..headers).map(|number| format!("X-{:03}", headers - number)).collect();
    let lines: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    let headers = Headers::from_pairs(&lines);
    let (classifying, names) = allocations(|| cors_unsafe_request_header_names(headers.into(), &Profile::FETCH));
    assert_eq!(names.is_empty(), lines.is_empty());
    let (writing, length) = allocations(|| written(names));
    assert_eq!(length, (lines.len() * "x-000,".len()).saturating_sub(1));
    (classifying, writing)
}

#[test]
fn up_to_32_unsafe_names_are_sorted_in_place() {
    for headers in [0, 1, 2, 31, 32] {
        assert_eq!(classified(headers), (0, 0), "{headers} headers");
    }
}

/// With an allocator, more than 32 names are sorted in heap memory. Without one, names are never sorted there.
#[test]
fn more_than_32_unsafe_names_spill_with_an_allocator_alone() {
    let spill = u64::from(cfg!(feature = "alloc"));
    assert_eq!(classified(33), (0, spill));
    assert_eq!(classified(64), (0, spill));
    assert_eq!(classified(65), (0, 2 * spill));
}

/// The most bytes that a cache with this limit takes at any time. This many URLs of this length are each granted this
/// many names of this length.
#[cfg(feature = "cache")]
fn most_bytes(limit: usize, urls: usize, url_length: usize, names: usize, name_length: usize) -> u64 {
    let padded = |number: usize, length: usize| {
        let number = number.to_string();
        "0".repeat(length.saturating_sub(number.len())) + &number
    };
    let names: Vec<String> = (0..names).map(|number| padded(number, name_length)).collect();
    let urls = (0..urls).map(|number| format!("https://a.example/{}", padded(number, url_length)));
    let urls: Vec<String> = urls.collect();
    let counted = allocation_counter::measure(|| {
        let mut cache = GrowingPreflightCache::with_limit(limit);
        for url in &urls {
            let key = CacheKey { partition: "", origin: page(), url: Url::new(url).unwrap(), opaque_in_fetch: None };
            for name in &names {
                let permission = Permission::HeaderName(name);
                let expires = Duration::from_secs(600);
                let entry = CacheEntry { permission, credentials: EntryCredentials::NotIncluded, expires };
                cache.append(key, entry, Duration::ZERO);
            }
        }
        assert!(cache.len() <= limit);
    });
    counted.bytes_max
}

#[cfg(feature = "cache")]
#[test]
fn growing_cache_takes_at_most_16_kib_for_each_origin_and_url() {
    let shapes = [
        ("short names", [40, 6, 400, 3]),
        ("names that double the memory of a record", [40, 6, 129, 3]),
        ("long names", [40, 6, 20, 8 * 1024]),
        ("long URLs", [40, 15 * 1024, 4, 100]),
        ("URLs too long to keep", [40, 1024 * 1024, 4, 100]),
        ("many URLs", [1_000, 6, 1, 1]),
        ("many names of 8 KiB", [4, 6, 10_000, 8 * 1024]),
    ];
    for limit in [1, 16, 32] {
        for (shape, [urls, url_length, names, name_length]) in shapes {
            let most = most_bytes(limit, urls, url_length, names, name_length);
            assert!(most <= limit as u64 * 16 * 1024, "{shape}, {limit} pairs: {most} bytes");
            assert!(most > 0 || shape == "URLs too long to keep", "{shape}");
        }
    }
    // As many small records as a cache with the default limit holds.
    let most = most_bytes(GrowingPreflightCache::DEFAULT_LIMIT, 3_000, 6, 2, 10);
    assert!((1..1024 * 1024).contains(&most), "{most} bytes");
}
