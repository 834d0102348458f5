//! Why a header is not safelisted.

use fetch_cors::{
    browser::{
        Profile,
        request::RequestHeaders,
        safelist::{NotSafelisted, cors_safelisted_request_header, cors_unsafe_request_header_names},
    },
    header::{HeaderName, Headers},
};

#[test]
fn unsafe_header_values_name_their_reason() {
    let long = "a".repeat(129);
    for (profile, name, value, text) in [
        (&Profile::FETCH, "X-A", "1", "no header of this name is safelisted"),
        (&Profile::FETCH, "Accept", &*long, "the value has 129 bytes, more than 128"),
        (&Profile::FETCH, "Accept", "a(b", "the value has the byte `(` at 1"),
        (&Profile::FETCH, "Accept-Language", "a_b", "the value has the byte `_` at 1"),
        (&Profile::FETCH, "Content-Type", "text", "the MIME type has no `/`"),
        (&Profile::FETCH, "Content-Type", "te xt/plain", "the MIME type's type is not a token at byte 2"),
        (&Profile::FETCH, "Content-Type", "text/pl ain", "the MIME type's subtype is not a token at byte 2"),
        (
            &Profile::FETCH,
            "Content-Type",
            "text/html",
            "the MIME type is none of `application/x-www-form-urlencoded`, `multipart/form-data`, `text/plain`",
        ),
        (&Profile::FIREFOX, "Content-Type", "text/plain, a", "there is a comma at byte 10"),
        (&Profile::FIREFOX, "Content-Type", "text/plain;a=b;", "there is an empty parameter at byte 14"),
        (&Profile::FIREFOX, "Content-Type", "text/plain a", "the MIME type's subtype is not a token at byte 10"),
        (&Profile::FETCH, "Range", "byte=0-", "the range does not begin with `bytes=`"),
        (&Profile::FETCH, "Range", "bytes=0", "the range has no `-` at byte 7"),
        (&Profile::FETCH, "Range", "bytes=0x1-2", "the range has no `-` at byte 7"),
        (&Profile::FETCH, "Range", "bytes=0-1,2-3", "the range goes on at byte 9"),
        (&Profile::FETCH, "Range", "bytes=-500", "the range has no start"),
        (&Profile::FETCH, "Range", "bytes=2-1", "the range starts after its end"),
        (
            &Profile::FIREFOX,
            "Range",
            "bytes=0-99999999999999999999",
            "the range has a number too large for the browser",
        ),
    ] {
        let name = HeaderName::new(name).unwrap();
        let error = cors_safelisted_request_header(name, value.as_bytes(), profile).unwrap_err();
        assert_eq!(error.to_string(), text, "{name}: {value}");
    }
}

#[test]
fn safelisted_values_over_1024_bytes_together_are_all_unsafe() {
    let value = [b'a'; 128];
    let lines: [(&str, &[u8]); 10] = core::array::from_fn(|number| match number {
        9 => ("X-A", &b"1"[..]),
        number => (if number % 2 == 0 { "Accept-Language" } else { "Accept" }, &value[..]),
    });
    let reported = |lines| {
        let names = cors_unsafe_request_header_names(RequestHeaders::new(Headers::from_pairs(lines)), &Profile::FETCH);
        let reasons: Vec<String> =
            names.reasons().map(|header| format!("{}: {}", header.name, header.reason)).collect();
        (reasons, names.to_string(), format!("{names:?}"))
    };
    let (reasons, names, _) = reported(&lines);
    let text = "the safelisted values have 1152 bytes together, more than 1024";
    assert_eq!(reasons.iter().filter(|reason| reason.ends_with(text)).count(), 9, "{reasons:?}");
    assert!(reasons.contains(&"X-A: no header of this name is safelisted".to_owned()), "{reasons:?}");
    assert_eq!(names, "accept,accept-language,x-a");
    let (reasons, names, debug) = reported(&lines[8..]);
    assert_eq!((&*reasons, &*names), (&["X-A: no header of this name is safelisted".to_owned()][..], "x-a"));
    assert_eq!(debug, "[CorsUnsafeRequestHeader { name: \"X-A\", reason: NotSafelisted(Name) }]");
}

#[test]
fn client_hints_over_128_bytes_are_unsafe_in_chromium() {
    let downlink = HeaderName::new("Downlink").unwrap();
    let reported = |length| cors_safelisted_request_header(downlink, &[b'1'; 200][..length], &Profile::CHROMIUM);
    assert_eq!((reported(128), reported(129)), (Ok(()), Err(NotSafelisted::Name)));
}

#[test]
fn client_hints_in_chromium_need_a_value_of_their_grammar() {
    for (name, safe, not) in [
        ("User-Agent", &["", "any (thing)"][..], &[][..]),
        ("Intervention", &["<https://a.example>"], &[]),
        ("Device-Memory", &["8", "0.5"], &["", ".", ".5", "1.", "1.2.3", "a", "-1"]),
        ("DPR", &["2", "1.25"], &["x", "1,5"]),
        ("Downlink", &["10", "1.35"], &["", "fast"]),
        ("Width", &["640"], &["", "640.5", "x"]),
        ("Viewport-Width", &["1280"], &["", "1.5"]),
        ("RTT", &["150"], &["", "1.5"]),
        ("ECT", &["slow-2g", "2g", "3g", "4g"], &["", "5g", "4G", "on"]),
        ("Save-Data", &["on", "ON"], &["", "off"]),
        ("X-A", &[], &["on", "1", "4g"]),
    ] {
        let reported = |profile, value: &str| {
            cors_safelisted_request_header(HeaderName::new(name).unwrap(), value.as_bytes(), profile)
        };
        for value in safe {
            assert_eq!(reported(&Profile::CHROMIUM, value), Ok(()), "{name}: {value}");
            assert_eq!(reported(&Profile::FETCH, value), Err(NotSafelisted::Name), "{name}: {value}");
        }
        for value in not {
            assert_eq!(reported(&Profile::CHROMIUM, value), Err(NotSafelisted::Name), "{name}: {value}");
        }
    }
}

#[test]
fn content_type_in_firefox_is_one_media_type_with_parameters() {
    for value in ["text/plain", "text/plain;", "text/plain;a=b", "text/plain ;a=b", "text/plain\t;a=b;c=d"] {
        let reported = cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value.as_bytes(), &Profile::FIREFOX);
        assert_eq!(reported, Ok(()), "{value}");
    }
}
