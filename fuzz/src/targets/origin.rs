use fetch_cors::{
    browser::{Url, url::UrlCredentials},
    origin::Origin,
};

use testkit::oracle::is_origin_or_null;

use crate::text;

/// The value of `Origin`; the origin of a URL; and a URL.
pub fn run(data: &[u8]) {
    assert_eq!(Origin::from_header(data).is_ok(), is_origin_or_null(data));
    let Ok(text) = core::str::from_utf8(data) else { return };
    for origin in [Origin::parse(text), Origin::from_header(data)].into_iter().flatten() {
        assert_eq!(origin.to_string(), text);
        assert!(origin.is_serialized_as(data) && origin.is_same_origin(origin) != origin.is_opaque());
    }
    // The serialization by the `url` crate must be a URL, with the same origin and credentials.
    let Some(expected) = text::url(text) else { return };
    let url = Url::new(&expected.href).expect("it is serialized");
    assert_eq!(url.origin().to_string(), expected.origin, "{text}");
    assert_eq!(url.credentials() == UrlCredentials::Present, expected.includes_credentials, "{text}");
    assert_eq!(url.scheme(), expected.scheme);
    assert!(Origin::parse(&expected.origin).is_ok(), "{text}");
}
