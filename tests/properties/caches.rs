//! The caches agree with a list of entries, on which the standard's steps run.

use core::time::Duration;

#[cfg(feature = "cache")]
use fetch_cors::browser::GrowingPreflightCache;
#[cfg(feature = "heapless")]
use fetch_cors::browser::cache::FixedPreflightCache;
use fetch_cors::{
    browser::{
        Action, Environment, NoCache, PreflightCache, Profile, Response, Url, XhrInit,
        cache::{CacheVerdict, cache_verdict},
        fetch,
        request::{UploadListener, XhrCredentials},
    },
    header::Headers,
    origin::Origin,
};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};

use testkit::oracle::preflight_cache::{Answer, Asking, Cache};

const PAGES: &[&str] = &["https://page.example", "https://other.example:8443", "null"];
const URLS: &[&str] = &["https://api.example/", "https://api.example/#a", "https://api.example/b"];
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "patch"];
const NAMES: &[&str] = &["authorization", "x-a", "x-b"];
const LISTED_METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "patch", "*"];
const LISTED_NAMES: &[&str] = &["Authorization", "X-A", "x-b", "*"];
const MAX_AGES: &[&[&str]] =
    &[&[], &["0"], &["1"], &["5"], &["10"], &["100"], &["100"], &["100"], &["-1"], &[""], &["a"], &["10", "10"]];
const WAITS: &[u64] = &[0, 0, 0, 0, 0, 0, 1, 999, 1000, 1000, 4999, 5000, 9999, 10000];

/// A fetch, and the server's answer.
#[derive(Clone, Debug)]
struct Turn {
    wait: u64,
    asking: Asking,
    answer: Answer,
    preflight_passes_cors_check: bool,
    response_passes_cors_check: bool,
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

/// The first value, or sometimes another.
fn mostly(all: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just(all[0]), 1 => select(all)]
}

/// Any turn. For caches that forget, a turn of little else than methods and names: with credentials and wildcards, one
/// entry may replace another, so a forgotten entry can keep the other one longer.
fn turn(forgetful: bool) -> impl Strategy<Value = Turn> {
    let listed_methods = if forgetful { &LISTED_METHODS[..5] } else { LISTED_METHODS };
    let listed_names = if forgetful { &LISTED_NAMES[..3] } else { LISTED_NAMES };
    let listed = |all: &'static [&'static str]| {
        let some = prop_oneof![1 => subsequence(all, 0..=all.len()), 2 => subsequence(all, all.len() - 2..=all.len())];
        option::weighted(0.9, some.prop_shuffle().prop_map(|list| texts(&list)))
    };
    let answer = (listed(listed_methods), listed(listed_names), select(MAX_AGES))
        .prop_map(|(methods, header_names, max_age)| Answer { methods, header_names, max_age: texts(max_age) });
    let what = (select(METHODS), subsequence(NAMES, 0..=NAMES.len()), any::<bool>(), proptest::bool::weighted(0.2));
    let key = (mostly(PAGES), mostly(URLS), mostly(&["", "a"]));
    let passes = (proptest::bool::weighted(0.98), proptest::bool::weighted(0.96));
    (select(WAITS), key, what, answer, passes).prop_map(move |(wait, (page, url, partition), what, answer, passes)| {
        Turn {
            wait,
            asking: Asking {
                key: (partition.to_owned(), page.to_owned(), url.to_owned()),
                method: what.0.to_owned(),
                unsafe_names: texts(&what.1),
                use_cors_preflight_flag: what.3,
                include_credentials: what.2 && !forgetful,
            },
            answer,
            preflight_passes_cors_check: passes.0,
            response_passes_cors_check: passes.1,
        }
    })
}

/// Whether a cache must equal the oracle, or may forget entries of it.
#[derive(Clone, Copy, PartialEq)]
enum Memory {
    Whole,
    Forgetful,
}

/// The number of preflights that the cache saved.
fn play(turns: &[Turn], cache: &mut dyn PreflightCache, memory: Memory) -> Result<usize, TestCaseError> {
    let (mut oracle, mut now, mut saved) = (Cache::default(), Duration::ZERO, 0);
    for turn in turns {
        now += Duration::from_millis(turn.wait);
        saved += usize::from(take(turn, cache, &mut oracle, now, memory)?);
    }
    Ok(saved)
}

/// Does one fetch. Returns whether the cache saved its preflight.
fn take(
    turn: &Turn,
    cache: &mut dyn PreflightCache,
    oracle: &mut Cache,
    now: Duration,
    memory: Memory,
) -> Result<bool, TestCaseError> {
    let asking = &turn.asking;
    let (partition, page, url) = &asking.key;
    let page_headers: Vec<(&str, &[u8])> = asking.unsafe_names.iter().map(|name| (&name[..], &b"1"[..])).collect();
    let (include, listener) = (asking.include_credentials, asking.use_cors_preflight_flag);
    let init = XhrInit {
        method: &asking.method,
        headers: Headers::from_pairs(&page_headers),
        with_credentials: if include { XhrCredentials::Include } else { XhrCredentials::SameOrigin },
        upload_listener: if listener { UploadListener::Present } else { UploadListener::Absent },
        ..XhrInit::default()
    };
    let request = init.request(Url::new(url).unwrap(), Origin::parse(page).unwrap()).unwrap();
    let mut environment = Environment::new(&Profile::FETCH);
    environment.partition = partition;

    let without_cache = fetch(request, environment, &mut NoCache, now).unwrap();
    let reasons = match &without_cache {
        Action::SendPreflight(awaiting) => Some(*awaiting.reasons()),
        _ => None,
    };
    let expected = reasons.is_some() && oracle.needs_preflight(asking, now);
    let verdict = reasons.map(|reasons| cache_verdict(&request, &reasons, environment, &*cache, now));
    let action = fetch(request, environment, cache, now).unwrap();
    let sends = matches!(action, Action::SendPreflight(_));
    prop_assert_eq!(sends, verdict.is_some_and(|verdict| verdict != CacheVerdict::Hit), "the verdict says so");
    match memory {
        Memory::Whole => prop_assert_eq!(sends, expected, "{:?}", verdict),
        Memory::Forgetful => prop_assert!(sends || !expected, "{:?}", verdict),
    }

    let answer = answer_lines(turn);
    let response = Response::new(200, Headers::from_pairs(&answer)).unwrap();
    let awaiting = match action {
        Action::SendPreflight(awaiting) => {
            let granted = awaiting.on_response(&response, cache, now);
            let passes =
                turn.preflight_passes_cors_check && oracle.preflight_response(asking, &turn.answer, now).is_ok();
            prop_assert_eq!(granted.is_ok(), passes);
            let Ok(awaiting) = granted else {
                oracle.clear(asking);
                return Ok(false);
            };
            awaiting
        }
        Action::SendRequest(awaiting) => awaiting,
        Action::FetchScheme(..) => panic!("the URLs are HTTP"),
    };
    let allowed: [(&str, &[u8]); 2] =
        [("Access-Control-Allow-Origin", page.as_bytes()), ("Access-Control-Allow-Credentials", b"true")];
    let shown = if turn.response_passes_cors_check { &allowed[..] } else { &[] };
    let response = Response::new(200, Headers::from_pairs(shown)).unwrap();
    prop_assert_eq!(awaiting.on_response(&response, cache).is_ok(), turn.response_passes_cors_check);
    if reasons.is_some() && !turn.response_passes_cors_check {
        oracle.clear(asking);
    }
    Ok(reasons.is_some() && !sends)
}

/// The header list of the response to a preflight.
fn answer_lines(turn: &Turn) -> Vec<(&'static str, &[u8])> {
    let mut answer = lines("Access-Control-Allow-Methods", turn.answer.methods.as_deref());
    answer.extend(lines("Access-Control-Allow-Headers", turn.answer.header_names.as_deref()));
    answer.extend(turn.answer.max_age.iter().map(|line| ("Access-Control-Max-Age", line.as_bytes())));
    if turn.preflight_passes_cors_check {
        answer.push(("Access-Control-Allow-Origin", turn.asking.key.1.as_bytes()));
        answer.push(("Access-Control-Allow-Credentials", b"true"));
    }
    answer
}

/// One line for each element, and an empty line for an empty list.
fn lines<'a>(name: &'static str, list: Option<&'a [String]>) -> Vec<(&'static str, &'a [u8])> {
    match list {
        None => Vec::new(),
        Some([]) => vec![(name, b"")],
        Some(list) => list.iter().map(|value| (name, value.as_bytes())).collect(),
    }
}

proptest! {
    #![proptest_config(crate::config(512))]

    #[cfg(feature = "cache")]
    #[test]
    fn growing_cache_is_the_oracles(turns in vec(turn(false), 1..40)) {
        play(&turns, &mut GrowingPreflightCache::new(), Memory::Whole)?;
    }

    #[cfg(feature = "heapless")]
    #[test]
    fn fixed_cache_is_the_oracles(turns in vec(turn(false), 1..40)) {
        play(&turns, &mut FixedPreflightCache::<512, 128>::new(), Memory::Whole)?;
    }

    #[cfg(feature = "cache")]
    #[test]
    fn limited_growing_cache_holds_only_entries_of_the_oracle(turns in vec(turn(true), 1..60), limit in 0_usize..6) {
        let mut cache = GrowingPreflightCache::with_limit(limit);
        play(&turns, &mut cache, Memory::Forgetful)?;
        prop_assert!(cache.len() <= limit);
    }

    #[cfg(feature = "heapless")]
    #[test]
    fn small_fixed_cache_holds_only_entries_of_the_oracle(turns in vec(turn(true), 1..60)) {
        let mut cache = FixedPreflightCache::<4, 48>::new();
        play(&turns, &mut cache, Memory::Forgetful)?;
        prop_assert!(cache.len() <= 4);
    }
}

/// Many random turns save a preflight, and many do not, even if the cache forgets.
#[cfg(all(feature = "cache", feature = "heapless"))]
#[test]
fn cache_generators_reach_hits_and_misses() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};

    let turns = |forgetful| -> Vec<Turn> {
        let mut runner = TestRunner::deterministic();
        vec(turn(forgetful), 4000).new_tree(&mut runner).unwrap().current()
    };
    let (any, plain) = (turns(false), turns(true));
    let whole = play(&any, &mut GrowingPreflightCache::new(), Memory::Whole).unwrap();
    assert!((200..3000).contains(&whole), "{whole} of 4000");
    let all = play(&plain, &mut GrowingPreflightCache::new(), Memory::Whole).unwrap();
    let few = play(&plain, &mut GrowingPreflightCache::with_limit(1), Memory::Forgetful).unwrap();
    let fewer = play(&plain, &mut FixedPreflightCache::<4, 48>::new(), Memory::Forgetful).unwrap();
    assert!(fewer > 20 && few > fewer && all > few, "{all}, {few} and {fewer} of 4000");
}

/// Whether a request with this many headers with long names has a preflight. If it has one, each name is granted on a
/// line of its own.
fn asks_with_headers(cache: &mut dyn PreflightCache, count: usize) -> bool {
    let names: Vec<String> = (0..count).map(|number| format!("x-{number:060}")).collect();
    let page_headers: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &b"1"[..])).collect();
    let mut answer: Vec<(&str, &[u8])> =
        vec![("Access-Control-Allow-Origin", b"*"), ("Access-Control-Max-Age", b"600")];
    answer.extend(names.iter().map(|name| ("Access-Control-Allow-Headers", name.as_bytes())));
    let init = XhrInit { headers: Headers::from_pairs(&page_headers), ..XhrInit::default() };
    let request = init.request(Url::new(URLS[0]).unwrap(), Origin::parse(PAGES[0]).unwrap()).unwrap();
    match fetch(request, Environment::new(&Profile::FETCH), cache, Duration::ZERO).unwrap() {
        Action::SendPreflight(awaiting) => {
            let response = Response::new(200, Headers::from_pairs(&answer)).unwrap();
            let _ = awaiting.on_response(&response, cache, Duration::ZERO).unwrap();
            true
        }
        _ => false,
    }
}

#[cfg(feature = "cache")]
#[test]
fn growing_cache_keeps_16_kib_of_an_answer() {
    // The URL and the page's origin have 40 bytes and a name 62; 512 more are counted for the pair, and 128 for the entry.
    let kept = (16 * 1024 - 512 - 40) / (62 + 128);
    let mut cache = GrowingPreflightCache::new();
    assert!(asks_with_headers(&mut cache, 400));
    assert!(!asks_with_headers(&mut cache, kept), "the first of them are kept");
    assert!(asks_with_headers(&mut cache, kept + 1), "the next is not");
    assert!(asks_with_headers(&mut cache, 400), "nor are all");
}

#[cfg(feature = "heapless")]
#[test]
fn fixed_cache_keeps_no_entry_longer_than_its_room() {
    // The URL, the page's origin and a byte after each have 42 bytes together, and a name 62.
    let mut enough = FixedPreflightCache::<512, 104>::new();
    assert!(asks_with_headers(&mut enough, 400));
    assert!(!asks_with_headers(&mut enough, 256), "so many of an answer are kept");
    assert_eq!(enough.len(), 256);
    assert!(asks_with_headers(&mut enough, 257));
    let mut too_little = FixedPreflightCache::<512, 103>::new();
    assert!(asks_with_headers(&mut too_little, 1));
    assert!(too_little.is_empty());
    let mut few = FixedPreflightCache::<8, 104>::new();
    assert!(asks_with_headers(&mut few, 400));
    assert!(asks_with_headers(&mut few, 9));
    assert_eq!(few.len(), 8);
}
