//! The errors of sinks.

use fetch_cors::{
    header::{CapacityError, Headers, PairSink},
    server::{Decision, OwnedPolicy, PolicyConfig, ResponseHeaders, RuleConfig},
};

fn policy() -> OwnedPolicy {
    let config = PolicyConfig::new(["https://app.example"]).exposed_headers(["etag"]);
    config.rule(RuleConfig::new(["https://b.example"])).build().unwrap()
}

const REQUEST: [(&str, &[u8]); 1] = [("Origin", b"https://app.example")];

fn headers(policy: &OwnedPolicy) -> ResponseHeaders<'_> {
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&REQUEST)) else { panic!() };
    headers
}

/// Checks that `write` writes as many lines as fit, and returns an error if that is not enough.
#[track_caller]
fn check<E: core::fmt::Display>(room: usize, written: usize, reported: Result<(), E>) {
    let text = reported.err().map(|error| error.to_string());
    let full = room < 3;
    assert_eq!((written, text.as_deref()), (room.min(3), full.then_some("no room for another header")), "{room}");
}

#[test]
fn pair_sink_without_room_returns_an_error() {
    let policy = policy();
    for room in 0..=4 {
        let mut memory = [("", &b""[..]); 4];
        let mut sink = PairSink::new(&mut memory[..room]);
        let reported = headers(&policy).write(&mut sink);
        check(room, sink.pairs().len(), reported);
    }
    assert_eq!(CapacityError.to_string(), "no room for another header");
}

#[cfg(feature = "heapless")]
#[test]
fn heapless_vec_without_room_returns_an_error() {
    use fetch_cors::header::{AnswerSink, HeaderName};
    let policy = policy();
    let (mut none, mut two, mut four) =
        (heapless::Vec::<_, 0>::new(), heapless::Vec::<_, 2>::new(), heapless::Vec::<_, 4>::new());
    let reported = headers(&policy).write(&mut none);
    check(0, none.len(), reported);
    let reported = headers(&policy).write(&mut two);
    check(2, two.len(), reported);
    let reported = headers(&policy).write(&mut four);
    check(4, four.len(), reported);
    // A second write replaces the lines of the first.
    headers(&policy).write(&mut four).unwrap();
    four.push(("X-A", b"1")).unwrap();
    assert_eq!((four.len(), AnswerSink::count(&four, HeaderName::VARY)), (4, 1));
    AnswerSink::remove(&mut four, &[HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName::VARY]).unwrap();
    assert_eq!(four, [("access-control-expose-headers", &b"etag"[..]), ("X-A", b"1")]);
}

#[cfg(feature = "http")]
#[test]
fn header_map_errors_show_the_http_crates_text() {
    use fetch_cors::header::WriteError;
    let name = http::HeaderName::from_bytes(b"a b").unwrap_err();
    let value = http::HeaderValue::from_bytes(b"\n").unwrap_err();
    let full = http::HeaderMap::<()>::try_with_capacity(usize::MAX).unwrap_err();
    let texts = [name.to_string(), value.to_string(), full.to_string()];
    let reported = [WriteError::from(name), WriteError::from(value), WriteError::from(full)];
    assert!(matches!(reported, [WriteError::Name(_), WriteError::Value(_), WriteError::Capacity(_)]));
    assert_eq!(reported.map(|error| error.to_string()), texts);
    assert!(texts.iter().all(|text| !text.is_empty()));
}

#[cfg(feature = "http")]
#[test]
fn full_header_map_returns_an_error() {
    use fetch_cors::header::WriteError;
    let mut map = http::HeaderMap::new();
    // The limit of the `http` crate.
    let mut number = 0;
    while map.try_append(http::HeaderName::try_from(format!("x-{number}")).unwrap(), http::HeaderValue::from(0)).is_ok()
    {
        number += 1;
    }
    let policy = policy();
    let error = headers(&policy).write(&mut map).unwrap_err();
    assert!(matches!(error, WriteError::Capacity(_)), "{error}");
}
