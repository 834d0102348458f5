use fetch_cors::{
    browser::{Profile, safelist::{NotSafelisted, cors_safelisted_request_header}},
    header::HeaderName,
};

use testkit::oracle::{is_cors_safelisted_request_header, normalize, parse_a_mime_type};

/// A `Content-Type`: whether it is safelisted, and where its essence ends.
pub fn run(data: &[u8]) {
    let value = normalize(data);
    let verdict = cors_safelisted_request_header(HeaderName::CONTENT_TYPE, &value, &Profile::FETCH);
    assert_eq!(verdict.is_ok(), is_cors_safelisted_request_header(b"content-type", &value));
    let parsed = parse_a_mime_type(&value);
    match verdict {
        Ok(()) => assert!(parsed.is_some()),
        Err(NotSafelisted::MimeType(_)) => assert_eq!(parsed, None),
        Err(NotSafelisted::Essence { length }) => {
            assert_eq!(parsed.map(|parsed| parsed.essence), Some(value[..length].to_ascii_lowercase()));
        }
        Err(NotSafelisted::Byte { .. } | NotSafelisted::ValueLength { .. }) => {}
        Err(other) => panic!("refused for {other:?}"),
    }
}
