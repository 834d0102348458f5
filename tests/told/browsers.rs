//! What browsers say and send otherwise.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, NoCache, Profile, Reason, Request, RequestHeaders, RequestInit, Url, fetch,
        preflight_failures,
    },
    header::Headers,
    origin::Origin,
};

use crate::exchange::{API, Head, PAGE, get, of_browser, request, run};

#[test]
fn chromium_takes_a_url_for_a_mismatch() {
    for (value, id) in [
        ("https://b.example", "AllowOriginMismatch"),
        ("https://b.example/", "AllowOriginMismatch"),
        ("HTTPS:b.example:", "AllowOriginMismatch"),
        ("urn:x", "AllowOriginMismatch"),
        ("https://me@b.example:8443/path?query", "AllowOriginMismatch"),
        ("https://[2001:DB8::1]:8443/", "AllowOriginMismatch"),
        ("https://[::1]/", "AllowOriginMismatch"),
        ("https://[::ffff:127.0.0.1]/", "AllowOriginMismatch"),
        ("https://[::g]/", "InvalidAllowOriginValue"),
        ("https://[1234]/", "InvalidAllowOriginValue"),
        ("https://[]/", "InvalidAllowOriginValue"),
        ("https://b.example:65536/", "InvalidAllowOriginValue"),
        ("https://b.example:8a/", "InvalidAllowOriginValue"),
        ("https://b|.example/", "InvalidAllowOriginValue"),
        ("https:///", "InvalidAllowOriginValue"),
        ("filesystem:https://b.example/", "InvalidAllowOriginValue"),
        ("1:x", "InvalidAllowOriginValue"),
        ("b.example", "InvalidAllowOriginValue"),
    ] {
        let text = format!("200\naccess-control-allow-origin: {value}");
        let heads = [Head::parse(&text)];
        let error = run(request(get(), API), of_browser(&Profile::CHROMIUM), &heads).unwrap_err();
        let message = error.chromium_cors_error().unwrap();
        assert_eq!((message.id, message.parameter.unwrap().to_string()), (id, value.to_owned()));
    }
}

#[test]
fn chromium_refuses_names_in_the_order_of_a_table_up_to_a_size() {
    let names: Vec<String> = (0..100).map(|number| format!("x-{number:02}")).collect();
    let head = Head::parse("204\naccess-control-allow-origin: *");
    let refused = |count: usize, profile: &Profile| -> Vec<String> {
        let lines: Vec<(&str, &[u8])> = names[..count].iter().map(|name| (name.as_str(), &b"1"[..])).collect();
        let request = request(RequestInit { headers: Headers::from_pairs(&lines), ..get() }, API);
        let response = head.response();
        let errors = preflight_failures(&request, &response, profile);
        let name = |reason| match reason {
            Reason::HeaderNotAllowed { name, .. } => name.to_string(),
            reason => panic!("{reason}"),
        };
        errors.map(|error| name(error.reason)).collect()
    };
    for count in [1, 4, 20, 59, 60, 100] {
        assert_eq!(refused(count, &Profile::FETCH), names[..count]);
        let mut of_chromium = refused(count, &Profile::CHROMIUM);
        let sorted = of_chromium.is_sorted();
        of_chromium.sort();
        assert_eq!(of_chromium, names[..count]);
        // With those of the browser there is no room for more than 63.
        assert_eq!(sorted, count == 1 || count > 59, "{count}");
    }
}

#[test]
fn a_browser_adds_what_the_page_has_not_given() {
    let english: [(&str, &[u8]); 1] = [("Accept-Language", b"en")];
    let origin = Origin::parse(PAGE).unwrap();
    let sent = |given: &[(&str, &[u8])]| {
        let headers = RequestHeaders::new(Headers::from_pairs(given))
            .with_accept(Some(b"*/*"))
            .with_content_type(Some(b"text/plain"))
            .with_accept_language(Some(b"de"));
        let listed = format!("{headers:?}");
        let request = Request::new(Url::new("https://app.example/").unwrap(), origin);
        let environment = Environment::new(&Profile::FETCH);
        let action = fetch(request.with_headers(headers), environment, &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendRequest(awaiting) = action else { panic!("{listed}") };
        let lines = awaiting.outgoing().headers.iter();
        lines.map(|line| format!("{}: {}", line.name, line.value.escape_ascii())).collect::<Vec<_>>()
    };
    assert_eq!(sent(&[]), ["Content-Type: text/plain", "Accept: */*", "Accept-Language: de"].map(str::to_lowercase));
    let given = ["Accept-Language: en", "content-type: text/plain", "accept: */*"];
    assert_eq!(sent(&english), given);
}
