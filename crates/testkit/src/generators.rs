//! Inputs: random bytes, and mixtures of the text that the algorithms look for. Their lengths are near the limits of
//! the algorithms.

use proptest::{collection::vec, prelude::*, sample::select};

use crate::oracle::Header;

/// Delimiters, quotes, and texts that the algorithms look for.
const FRAGMENTS: &[&[u8]] = &[
    b",",
    b", ",
    b" ",
    b"\t",
    b";",
    b"=",
    b"\"",
    b"\\",
    b"/",
    b":",
    b"-",
    b".",
    b"*",
    b"\r",
    b"\n",
    b"\0",
    b"\x0B",
    b"\x0C",
    b"\x7F",
    b"\x80",
    b"\xFF",
    b"\xC3\xA9",
    b"(",
    b"@",
    b"a",
    b"Z",
    b"0",
    b"9",
    b"text/plain",
    b"TEXT/PLAIN",
    b"multipart/form-data",
    b"application/x-www-form-urlencoded",
    b"application/json",
    b"charset",
    b"bytes=",
    b"bytes",
    b"00",
    b"18446744073709551615",
    b"18446744073709551616",
    b"TRACE",
    b"track",
    b"Connect",
    b"GET",
    b"PUT",
    b"null",
    b"true",
    b"x-a",
    b"X-B",
    b"authorization",
    b"set-cookie",
    b"same-origin",
    b"same-site",
    b"https://page.example",
    b"http://",
    b"://",
    b"[::1]",
    b"_",
    b"'",
];

pub const NAMES: &[&str] = &[
    "Accept",
    "accept-language",
    "Content-Language",
    "content-type",
    "CONTENT-TYPE",
    "Range",
    "X-A",
    "x-a",
    "X-B",
    "*",
    "Authorization",
    "Cookie",
    "Origin",
    "Proxy-A",
    "sec-b",
    "sec",
    "X-HTTP-Method-Override",
    "x-method-override",
    "X-Http-Method",
    "Set-Cookie",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "access-control-allow-methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Timing-Allow-Origin",
    "Cross-Origin-Resource-Policy",
    "Location",
    "Pragma",
    "Vary",
];

const SAFE_NAMES: &[&str] = &["Accept", "accept-language", "Content-Language", "accept"];

fn fragments() -> impl Strategy<Value = Vec<u8>> {
    vec(select(FRAGMENTS), 0..12).prop_map(|parts| parts.concat())
}

/// Values of any kind. Many have a length near 128 bytes.
pub fn value() -> impl Strategy<Value = Vec<u8>> {
    let padded = (fragments(), select(&b"a0 \t,;\"\xFF"[..]), 125_usize..132).prop_map(|(mut value, pad, length)| {
        let middle = value.len() / 2;
        while value.len() < length {
            value.insert(middle, pad);
        }
        value
    });
    prop_oneof![3 => fragments(), 2 => padded, 1 => vec(any::<u8>(), 0..40)]
}

/// Values of mostly quotes, escapes and commas.
pub fn quoted_value() -> impl Strategy<Value = Vec<u8>> {
    "[\"\\\\, a]{0,12}".prop_map(String::into_bytes)
}

/// Values of mostly safe bytes, so that the length and the few unsafe bytes decide.
fn mostly_safe_value() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(&["a", "en", ", ", ";q=0.9", "text/plain", ";", " ", "*", "-", "\t", "\"", "/", "bytes=0-"][..]);
    let length = prop_oneof![Just(None), (120_usize..132).prop_map(Some), (55_usize..70).prop_map(Some)];
    (vec(piece, 0..5), length).prop_map(|(pieces, length)| {
        let mut value = pieces.concat().into_bytes();
        if let Some(length) = length {
            value.resize(length, b'a');
        }
        value
    })
}

/// Names: tokens of any kind.
pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(NAMES).prop_map(str::to_owned), 1 => "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}"]
}

/// The five names that may be safelisted.
pub fn safelisted_name() -> impl Strategy<Value = String> {
    let names = &["Accept", "accept", "ACCEPT-language", "content-language", "Content-Type", "content-type", "range"];
    select(&names[..]).prop_map(str::to_owned)
}

fn header(name: impl Strategy<Value = String>, value: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Header> {
    (name, value).prop_map(|(name, value)| (name.into_bytes(), crate::oracle::normalize(&value)))
}

/// Header lists of any kind, or of safelisted headers with about 1024 bytes together.
pub fn header_list() -> impl Strategy<Value = Vec<Header>> {
    let names = || prop_oneof![3 => safelisted_name(), 1 => name()];
    let mixed = vec(header(names(), prop_oneof![mostly_safe_value(), value()]), 0..8);
    let full = (vec((select(SAFE_NAMES), 112_usize..129), 8), 1018_usize..1032, vec(header(name(), value()), 0..3));
    let full = full.prop_map(|(lines, total, others)| {
        let mut list: Vec<Header> = Vec::new();
        let mut left = total;
        for (name, length) in lines {
            let length = length.min(left);
            left -= length;
            list.push((name.as_bytes().to_vec(), vec![b'a'; length]));
        }
        if left <= 128 {
            list.push((b"Accept".to_vec(), vec![b'a'; left]));
        }
        list.extend(others);
        list
    });
    prop_oneof![2 => mixed, 1 => full]
}

/// Lists of few names, whose combined values have about 128 bytes.
pub fn appended_headers() -> impl Strategy<Value = Vec<Header>> {
    let name = prop_oneof![4 => safelisted_name(), 1 => name()];
    let any_length = (safelisted_name(), 0_usize..130).prop_map(|(name, n)| (name.into_bytes(), vec![b's'; n]));
    vec(prop_oneof![header(name, mostly_safe_value()), any_length], 0..6)
}

/// `Range` values, and texts that are nearly such.
pub fn range() -> impl Strategy<Value = Vec<u8>> {
    let number =
        || prop_oneof!["[0-9]{0,3}", "0{0,3}[0-9]{1,25}", "1844674407370955161[4-7]", "[0-9]{55,62}", "[-+ \t]?[0-9]"];
    let unit = select(&["bytes=", "bytes=", "bytes=", "bytes =", "Bytes=", "bytes= ", "byte=", ""][..]);
    let rest = select(&["", "", "", " ", ",", "-", "\x0C", "0"][..]);
    (unit, number(), select(&["-", "-", "-", "", "--", " -"][..]), number(), rest)
        .prop_map(|(unit, start, dash, end, rest)| format!("{unit}{start}{dash}{end}{rest}").into_bytes())
}

/// MIME types, and texts that are nearly such.
pub fn content_type() -> impl Strategy<Value = Vec<u8>> {
    const TYPES: &[&str] =
        &["text/plain", "Text/PLAIN", "multipart/form-data", "application/x-www-form-urlencoded", "text/html", "a/b"];
    const ODD: &[&str] =
        &["", "text", "/", "text/", "/plain", "text /plain", "text/ plain", "text//plain", "a;b/c", "t\u{e9}xt/plain"];
    let essence = prop_oneof![3 => select(TYPES), 1 => select(ODD)];
    let blank = || select(&["", "", " ", "\t", "\n", "\x0C"][..]);
    let parameters = vec(select(FRAGMENTS), 0..8).prop_map(|parts| parts.concat());
    (blank(), essence, blank(), select(&["", ";", ";", ","][..]), parameters).prop_map(
        |(before, essence, after, semicolon, parameters)| {
            let latin1 = essence.chars().map(|character| u8::try_from(character).unwrap());
            let essence: Vec<u8> = latin1.collect();
            [before.as_bytes(), &essence, after.as_bytes(), semicolon.as_bytes(), &parameters].concat()
        },
    )
}

/// Serialized origins, and texts that are nearly such.
pub fn origin() -> BoxedStrategy<Vec<u8>> {
    let group = || prop_oneof![4 => "[0-9a-f]{1,2}", 1 => "[0-9a-fA-F]{0,5}", 1 => Just("0".to_owned())];
    let groups = || vec(group(), 0..9).prop_map(|groups| groups.join(":"));
    let ipv6 = prop_oneof![
        vec(group(), 8).prop_map(|groups| groups.join(":")),
        (groups(), groups()).prop_map(|(before, after)| format!("{before}::{after}")),
        (vec("[1-9a-f]", 0..8), vec("[1-9a-f]", 0..8)).prop_map(|(before, after)| format!(
            "{}::{}",
            before.join(":"),
            after.join(":")
        )),
        "[0-9a-f:]{0,20}",
    ]
    .prop_map(|address| format!("[{address}]"))
    .boxed();
    let octet = || prop_oneof!["[0-9]", "[0-9]{2}", "[12][0-9]{2}", "[0-9]{3,4}"];
    let ipv4 = (octet(), octet(), octet(), octet()).prop_map(|(a, b, c, d)| format!("{a}.{b}.{c}.{d}")).boxed();
    let domain = prop_oneof!["[a-z0-9-]{1,4}(\\.[a-z0-9-]{1,4}){0,3}", "[a-zA-Z0-9._-]{0,8}"];
    let host = prop_oneof![ipv6, ipv4, domain];
    let scheme = prop_oneof![7 => select(&["https", "http"][..]).prop_map(str::to_owned), 1 => "[a-z0-9+.A-Z-]{0,4}"];
    let slashes = prop_oneof![8 => Just("://"), 1 => select(&[":", ":/", "//", ":///"][..])];
    let port = prop_oneof![3 => Just(String::new()), 2 => ":[0-9]{0,6}", 1 => ":[0-9a-z:]{0,3}"];
    let end = prop_oneof![6 => Just(""), 1 => select(&["/", " ", "null", "]", "\u{e9}", "?"][..])];
    let whole = (scheme, slashes, host, port, end)
        .prop_map(|(scheme, slashes, host, port, end)| format!("{scheme}{slashes}{host}{port}{end}").into_bytes());
    prop_oneof![8 => whole, 1 => vec(any::<u8>(), 0..12), 1 => select(&["null", "Null", "null "][..]).prop_map(|text| text.as_bytes().to_vec())]
    .boxed()
}
