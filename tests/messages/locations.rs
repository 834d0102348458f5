//! The `url` crate's parsing of `Location`, as browsers parse it.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, NoCache, Outcome, Profile, Response, Url, environment::LocationParses, fetch, parse_location, parse_url,
    },
    header::{HeaderName, Headers},
};

use crate::exchange::{get, of_browser, request};

const BASE: &str = "https://app.example/items?a#top";

/// The URL to which a page of this site is redirected.
fn followed(location: &[u8], profile: &Profile) -> String {
    let (lines, cache) = ([("Location", location)], &mut NoCache);
    let response = Response::new(302, Headers::from_pairs(&lines)).unwrap();
    let action = fetch(request(get(), BASE), of_browser(profile), cache, Duration::ZERO).unwrap();
    let Action::SendRequest(awaiting) = action else { panic!("{action:?}") };
    let Ok(Outcome::Redirect(redirect)) = awaiting.on_response(&response, cache) else { panic!("{location:?}") };
    redirect.parse_location().unwrap().into()
}

#[test]
fn location_bytes_are_utf_8_or_percent_encoded() {
    for (location, url) in [
        (&b"/a"[..], "https://app.example/a#top"),
        (b"?b", "https://app.example/items?b#top"),
        (b"/a#b", "https://app.example/a#b"),
        ("/\u{fc}".as_bytes(), "https://app.example/%C3%BC#top"),
        (b"/\xFC\x9A", "https://app.example/%FC%9A#top"),
        (b"//b.example/", "https://b.example/#top"),
        (b"/\\b.example/", "https://b.example/#top"),
        (b"////b.example/", "https://b.example/#top"),
        (b"\x01 ///b.example/", "https://b.example/#top"),
    ] {
        assert_eq!(followed(location, &Profile::FETCH), url, "{}", location.escape_ascii());
    }
}

#[test]
fn location_characters_are_encoded_as_the_profile_does() {
    for (location, standard, chromium, firefox) in
        [(&b"/a|b?c|d"[..], "/a|b?c|d", "/a%7Cb?c|d", "/a|b?c|d"), (b"/a\tb\x1Fc", "/ab%1Fc", "/ab%1Fc", "/a%09b%1Fc")]
    {
        for (profile, path) in
            [(&Profile::FETCH, standard), (&Profile::CHROMIUM, chromium), (&Profile::FIREFOX, firefox)]
        {
            assert_eq!(followed(location, profile), format!("https://app.example{path}#top"), "{}", profile.name);
        }
    }
}

#[test]
fn a_caret_in_a_path_is_encoded_by_all_and_a_vertical_bar_by_chromium() {
    for (text, standard, chromium) in [
        ("https://app.example/a^b|c", "https://app.example/a%5Eb|c", "https://app.example/a%5Eb%7Cc"),
        ("https://app.example/^?^|#^|", "https://app.example/%5E?^|#^|", "https://app.example/%5E?^|#^|"),
        ("https://app.example/%5e%7c", "https://app.example/%5e%7c", "https://app.example/%5e%7c"),
        ("mailto:^|", "mailto:^|", "mailto:^|"),
        ("data:,^|", "data:,^|", "data:,^|"),
        ("foo://x/^|", "foo://x/%5E|", "foo://x/%5E%7C"),
    ] {
        for (profile, url) in
            [(&Profile::FETCH, standard), (&Profile::FIREFOX, standard), (&Profile::CHROMIUM, chromium)]
        {
            assert_eq!(parse_url(text, profile).unwrap().as_str(), url, "{}", profile.name);
        }
    }
    assert!(parse_url("/relative", &Profile::FETCH).is_err());
    assert_eq!(followed(b"/a^b", &Profile::FETCH), "https://app.example/a%5Eb#top");
}

#[test]
fn parse_location_hands_on_only_urls_that_parse() {
    let base = Url::new(BASE).unwrap();
    let mut found = Vec::new();
    let mut parse = |location: &[u8]| {
        let lines = [("location", location)];
        let location = Headers::from_pairs(&lines).get(HeaderName::LOCATION).unwrap();
        let before = found.len();
        let parses = parse_location(base, location, &mut |url| found.push(url.to_string()));
        (parses, found.get(before).cloned())
    };
    assert_eq!(parse(b"/a"), (LocationParses::Yes, Some("https://app.example/a".to_owned())));
    assert_eq!(parse(b"https://"), (LocationParses::No, None));
}
