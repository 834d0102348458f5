//! The errors of names, values, methods and origins.

use fetch_cors::{
    header::{HeaderName, Headers, check_header_value},
    method::Method,
    origin::{InvalidOriginReason, Origin},
};

#[test]
fn invalid_names_values_and_methods_report_the_byte() {
    for (reported, text) in [
        (HeaderName::new("").unwrap_err().to_string(), "header name is not a token at byte 0"),
        (HeaderName::new("x a").unwrap_err().to_string(), "header name is not a token at byte 1"),
        (check_header_value(b"ab\0").unwrap_err().to_string(), "header value has a NUL, CR or LF at byte 2"),
        (Method::new("PU T").unwrap_err().to_string(), "method is not a token at byte 2"),
    ] {
        assert_eq!(reported, text);
    }
    let lines: [(&str, &[u8]); 2] = [("Max", b"1"), ("max", b"x\xFF,")];
    let (headers, name) = (Headers::from_pairs(&lines), HeaderName::new("MAX").unwrap());
    assert_eq!(headers.extract_single(name).unwrap_err().to_string(), "several headers where one is allowed");
    let text = "`MAX` has the element `x\\xff`, which is not a token at byte 1";
    assert_eq!(headers.extract(name).unwrap_err().to_string(), text);
    let value = headers.get(name).unwrap();
    assert_eq!((value.name().as_str(), &*value.to_string()), ("MAX", "1, x\\xff,"));
    let absent = HeaderName::new("min").unwrap();
    assert_eq!((headers.extract_single(absent), headers.extract(absent).unwrap().is_none()), (Ok(None), true));
    assert_eq!(Headers::from_pairs(&lines[..1]).extract_single(name), Ok(Some(&b"1"[..])));
}

#[test]
fn invalid_origins_report_reason_and_byte() {
    let scheme = "origin does not start with a lower-case scheme and `://`";
    let host = "origin has a host that no URL parser would write, or more than a host and a port";
    let port = "origin has a port that is not a number below 65536";
    let default_port = "origin spells out its scheme's default port";
    for (text, reason, reported) in [
        ("app.example", InvalidOriginReason::Scheme, scheme),
        ("HTTPS://app.example", InvalidOriginReason::Scheme, scheme),
        ("https://", InvalidOriginReason::Host, host),
        ("https://app.example/", InvalidOriginReason::Host, host),
        ("https://App.example", InvalidOriginReason::Host, host),
        ("https://app.example:65536", InvalidOriginReason::Port, port),
        ("https://app.example:a", InvalidOriginReason::Port, port),
        ("https://app.example:443", InvalidOriginReason::DefaultPort, default_port),
        ("http://app.example:80", InvalidOriginReason::DefaultPort, default_port),
    ] {
        let error = Origin::parse(text).unwrap_err();
        assert_eq!(error.reason, reason, "{text}");
        assert_eq!(error.to_string(), format!("{reported}, at byte {}", error.offset), "{text}");
    }
}

#[test]
fn header_name_lowercase_lowers_ascii_letters() {
    let name = HeaderName::new("X-Request-ID").unwrap().lowercase();
    assert_eq!(name.to_string(), "x-request-id");
    assert!(name.bytes().eq(*b"x-request-id"));
}

#[cfg(feature = "browser")]
#[test]
fn invalid_urls_and_statuses_report_their_reason() {
    use fetch_cors::browser::{Response, Url};
    let host = "origin has a host that no URL parser would write, or more than a host and a port, at byte 0";
    for (url, text) in [
        ("https://a/\tb", "URL has a byte at 10 that is never written in one".to_owned()),
        ("items", "URL does not start with a lower-case scheme and `:`".to_owned()),
        ("https://A/", format!("URL without an origin: {host} of the host")),
        ("https://a", "URL has no `/` after its host".to_owned()),
    ] {
        assert_eq!(Url::new(url).unwrap_err().to_string(), text, "{url}");
    }
    assert_eq!(Response::new(1000, Headers::EMPTY).unwrap_err().to_string(), "status `1000` is above 999");
}
