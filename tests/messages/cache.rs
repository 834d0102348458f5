//! Why a cached answer does not save a preflight, and the `Debug` output of caches.

use core::time::Duration;

#[cfg(feature = "heapless")]
use fetch_cors::browser::cache::FixedPreflightCache;
use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, NoCache, PreflightCache, Profile, RequestInit,
        cache::{CacheMiss, CacheVerdict, cache_verdict},
        fetch,
        route::{Route, route},
    },
    header::Headers,
};

use crate::exchange::{API, Head, INCLUDE, PAGE, get, of_browser, put, request, standard};

const SOON: Duration = Duration::from_secs(1);

/// Stores the answer to the preflight for a request of `init`.
fn store(init: RequestInit<'_>, lines: &str, environment: Environment<'_>, cache: &mut impl PreflightCache) {
    let text = format!(
        "204\naccess-control-allow-origin: {PAGE}\naccess-control-allow-credentials: true\naccess-control-max-age: \
         60\n{lines}"
    );
    let head = Head::parse(&text);
    let action = fetch(request(init, API), environment, &mut NoCache, Duration::ZERO).unwrap();
    let Action::SendPreflight(awaiting) = action else { panic!("{action:?}") };
    let _ = awaiting.on_response(&head.response(), cache, Duration::ZERO).unwrap();
}

fn verdict(
    init: RequestInit<'_>,
    url: &str,
    environment: Environment<'_>,
    now: Duration,
    cache: &impl PreflightCache,
) -> String {
    let request = request(init, url);
    let Ok(Route::CorsWithPreflight(reasons)) = route(&request, environment.profile) else { panic!("{request}") };
    match cache_verdict(&request, &reasons, environment, cache, now) {
        CacheVerdict::Hit => "hit".to_owned(),
        CacheVerdict::MethodMiss(miss) => format!("{}: {miss}", request.method()),
        CacheVerdict::HeaderMiss(name, miss) => format!("{name}: {miss}"),
    }
}

#[test]
fn cache_miss_names_its_reason() {
    let authorization: [(&str, &[u8]); 1] = [("Authorization", b"Bearer abc")];
    let authorized = RequestInit { headers: Headers::from_pairs(&authorization), ..put() };
    let delete = RequestInit { method: "DELETE", ..get() };
    let include = |init: RequestInit<'static>| RequestInit { credentials: INCLUDE, ..init };
    let (of_put, any) = ("access-control-allow-methods: PUT", "access-control-allow-methods: *");
    let all = "access-control-allow-methods: PUT, *\naccess-control-allow-headers: authorization, *";
    let headers = "access-control-allow-methods: PUT\naccess-control-allow-headers: *";
    let other = "https://api.example/other";
    for (stored, lines, asked, url, now, text) in [
        (put(), of_put, put(), API, SOON, "hit"),
        (put(), any, delete, API, SOON, "hit"),
        (put(), of_put, put(), other, SOON, "PUT: nothing is cached for this origin and URL"),
        (put(), of_put, delete, API, SOON, "DELETE: no cached answer names it"),
        (put(), headers, authorized, API, SOON, "Authorization: a cached `*` does not cover it"),
        (
            include(put()),
            "access-control-allow-methods: PUT, *",
            include(delete),
            API,
            SOON,
            "DELETE: a `*` cached with credentials is a literal",
        ),
        (put(), all, include(put()), API, SOON, "PUT: the cached answer was for a request without credentials"),
        (put(), of_put, put(), API, Duration::from_secs(60), "PUT: the cached answer expired at 60 s"),
    ] {
        let mut cache = GrowingPreflightCache::new();
        store(stored, lines, standard(), &mut cache);
        assert_eq!(verdict(asked, url, standard(), now, &cache), text);
    }
}

#[test]
fn cache_miss_names_its_reason_in_each_browser() {
    let environment = of_browser(&Profile::FIREFOX);
    let include = RequestInit { credentials: INCLUDE, ..put() };
    let mut cache = GrowingPreflightCache::new();
    store(include, "access-control-allow-methods: PUT", environment, &mut cache);
    let text = "PUT: the cached answer was for a request with credentials";
    assert_eq!(verdict(put(), API, environment, SOON, &cache), text);
    assert_eq!(verdict(include, API, environment, SOON, &cache), "hit");
}

#[test]
fn cache_miss_shows_its_time_in_tenths_of_a_second() {
    let expired = CacheMiss::Expired { at: Duration::from_millis(1250) };
    assert_eq!(expired.to_string(), "the cached answer expired at 1.2 s");
}

#[test]
fn debug_of_a_growing_cache_lists_its_entries() {
    let mut cache = GrowingPreflightCache::default();
    assert_eq!((cache.is_empty(), cache.len(), &*format!("{cache:?}")), (true, 0, "{}"));
    store(put(), "access-control-allow-methods: PUT", standard(), &mut cache);
    assert_eq!((cache.is_empty(), cache.len()), (false, 1));
    assert_eq!(format!("{cache:?}"), format!("{{\"{API}\"}}"));
    assert_eq!(verdict(put(), API, standard(), SOON, &cache), "hit");
}

#[test]
fn fixed_cache_of_size_0_keeps_nothing() {
    let mut cache = GrowingPreflightCache::with_limit(0);
    store(put(), "access-control-allow-methods: PUT", standard(), &mut cache);
    assert!(cache.is_empty());
}

#[cfg(feature = "heapless")]
#[test]
fn answer_is_stored_once_and_not_at_all_with_max_age_0() {
    let mut cache = FixedPreflightCache::<4, 128>::default();
    for _ in 0..2 {
        store(put(), "access-control-allow-methods: PUT", standard(), &mut cache);
        assert_eq!(cache.len(), 1);
    }
    let mut cache = FixedPreflightCache::<4, 128>::default();
    let head = Head::parse(
        "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-max-age: 0",
    );
    let action = fetch(request(put(), API), standard(), &mut NoCache, Duration::ZERO).unwrap();
    let Action::SendPreflight(awaiting) = action else { panic!("{action:?}") };
    let _ = awaiting.on_response(&head.response(), &mut cache, Duration::ZERO).unwrap();
    assert!(cache.is_empty());
}

#[test]
fn chromium_keeps_no_answer_for_a_url_over_1023_bytes() {
    for (length, verdict) in [(1023, 1), (1024, 0)] {
        let url = format!("{:x<length$}", "https://api.example/");
        let head = Head::parse("204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT");
        let mut cache = GrowingPreflightCache::new();
        let environment = of_browser(&Profile::CHROMIUM);
        let action = fetch(request(put(), &url), environment, &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendPreflight(awaiting) = action else { panic!("{action:?}") };
        let _ = awaiting.on_response(&head.response(), &mut cache, Duration::ZERO).unwrap();
        assert_eq!(cache.len(), verdict, "{length}");
    }
}

#[cfg(feature = "heapless")]
#[test]
fn debug_of_a_fixed_cache_lists_its_entries() {
    let mut cache = FixedPreflightCache::<4, 128>::default();
    assert_eq!((cache.is_empty(), cache.len()), (true, 0));
    store(put(), "access-control-allow-methods: PUT, DELETE", standard(), &mut cache);
    assert_eq!((cache.is_empty(), cache.len()), (false, 2));
    let delete = RequestInit { method: "DELETE", ..get() };
    assert_eq!(verdict(delete, API, standard(), SOON, &cache), "hit");
}
