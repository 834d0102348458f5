//! The parts of the request that console lines imply.

use fetch_cors::browser::request::CredentialsMode;
use fetch_cors_read::{Api, NoteKind, PageValue};

use crate::common::exchange;

const START: &str = "Access to fetch at 'https://api.example/items' from origin 'https://app.example' has been blocked by CORS policy: ";
const FIREFOX: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                       https://api.example/items. ";

#[test]
fn failures_of_credentials_imply_the_credentials_mode() {
    let include = Some(CredentialsMode::Include);
    for (text, mode) in [
        (
            format!(
                "{START}The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when \
                 the request's credentials mode is 'include'."
            ),
            include,
        ),
        (
            format!(
                "{START}The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' \
                 when the request's credentials mode is 'include'."
            ),
            include,
        ),
        (format!("{FIREFOX}(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)."), include),
        ("CORSNotSupportingCredentials".into(), include),
        ("Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.".into(), include),
        (format!("{START}No 'Access-Control-Allow-Origin' header is present on the requested resource."), None),
        // This is about the configuration of a server's framework.
        (
            "The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time."
                .into(),
            None,
        ),
    ] {
        let read = exchange(&text);
        assert_eq!(read.request.credentials, mode, "{text}");
        let noted = read.notes.iter().any(|note| note.kind == NoteKind::CredentialsOfConsole);
        assert_eq!(noted, mode.is_some(), "{text}");
    }
    // The page's call takes precedence.
    let call = "fetch('https://api.example/items', { credentials: 'omit' })\n\nCORSNotSupportingCredentials\n";
    assert_eq!(exchange(call).request.credentials, Some(CredentialsMode::Omit));
}

#[test]
fn method_and_header_that_are_not_allowed_are_of_the_request() {
    let text = format!("{START}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    let read = exchange(&text);
    assert_eq!(read.request.method.as_deref(), Some("PUT"));
    assert!(read.notes.iter().any(|note| note.kind == NoteKind::MethodOfConsole("PUT".into())));
    let text = format!("fetch('https://api.example/items', {{ method: 'DELETE' }})\n\n{text}\n");
    assert_eq!(exchange(&text).request.method.as_deref(), Some("DELETE"));

    let chromium = format!(
        "{START}Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response."
    );
    let firefox = format!(
        "{FIREFOX}(Reason: header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight \
         response)."
    );
    for text in [chromium.clone(), firefox.clone(), format!("{chromium}\n{firefox}\n")] {
        let read = exchange(&text);
        let [header] = &read.request.headers[..] else { panic!("{text}\n{read:?}") };
        assert_eq!((header.name.as_str(), &header.value), ("x-a", &PageValue::NamedByPreflight), "{text}");
    }
    let text = format!("fetch('https://api.example/items', {{ headers: {{ 'X-A': '1' }} }})\n\n{chromium}\n");
    let [header] = &exchange(&text).request.headers[..] else { panic!("{text}") };
    assert_eq!((header.name.as_str(), &header.value), ("X-A", &PageValue::Given(b"1".to_vec())));
}

#[test]
fn chromium_says_which_requests_are_of_an_xml_http_request() {
    let missing = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let blocked = "from origin 'https://app.example' has been blocked by CORS policy:";
    for (start, api) in [
        ("Access to XMLHttpRequest at", Some(Api::XmlHttpRequest)),
        ("Access to fetch at", None),
        ("Access to font at", None),
    ] {
        let text = format!("{start} 'https://api.example/items' {blocked} {missing}");
        assert_eq!(exchange(&text).request.api, api, "{text}");
    }
}
