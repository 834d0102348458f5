use fetch_cors::{
    browser::{Profile, safelist::{NotSafelisted, cors_safelisted_request_header}},
    header::HeaderName,
};

use testkit::oracle::{is_cors_safelisted_request_header, parse_a_single_range_header_value};

/// A `Range`: whether it is safelisted, and whether a refusal has the right reason.
pub fn run(data: &[u8]) {
    let name = HeaderName::new("range").expect("it is a name");
    let verdict = cors_safelisted_request_header(name, data, &Profile::FETCH);
    assert_eq!(verdict.is_ok(), is_cors_safelisted_request_header(b"range", data));
    let has_start = parse_a_single_range_header_value(data, false).is_some_and(|range| range.0.is_some());
    match verdict {
        Ok(()) => assert!(has_start),
        Err(NotSafelisted::Range(_)) => assert!(!has_start),
        Err(NotSafelisted::ValueLength { length }) => assert!(length == data.len() && length > 128),
        Err(other) => panic!("refused for {other:?}"),
    }
}
