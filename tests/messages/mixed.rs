//! Mixed content: the requests that a page of `https` may not make, and their explanation.

use fetch_cors::{
    browser::{
        Explanation, Url,
        mixed_content::{MixedContent, MixedContentCategory, mixed_content},
    },
    origin::Origin,
};

use crate::exchange::{Head, get, request, standard};

#[test]
fn a_page_of_https_requests_http_of_this_machine_alone() {
    use MixedContent::{Absent, Blocked, Upgraded};
    for (page, url, blockable, upgradeable) in [
        ("https://app.example", "http://api.example/items/", Blocked, Upgraded),
        ("https://app.example", "http://app.example/", Blocked, Upgraded),
        ("https://app.example", "http://192.0.2.1/", Blocked, Blocked),
        ("https://app.example", "http://[2001:db8::1]/", Blocked, Blocked),
        ("https://app.example", "ws://api.example/", Blocked, Upgraded),
        ("https://app.example", "http://127.evil.example/", Blocked, Upgraded),
        ("https://app.example", "http://localhost.evil.example/", Blocked, Upgraded),
        ("https://app.example", "http://localhost:3000/", Absent, Absent),
        ("https://app.example", "http://app.localhost/", Absent, Absent),
        ("https://app.example", "http://127.0.0.1:8080/", Absent, Absent),
        ("https://app.example", "http://[::1]/", Absent, Absent),
        ("https://app.example", "https://api.example/", Absent, Absent),
        ("https://app.example", "data:,", Absent, Absent),
        ("http://app.example", "http://api.example/", Absent, Absent),
        ("http://localhost:3000", "http://api.example/", Absent, Absent),
        ("null", "http://api.example/", Absent, Absent),
    ] {
        let (page, url) = (Origin::parse(page).unwrap(), Url::new(url).unwrap());
        let found = [MixedContentCategory::Blockable, MixedContentCategory::Upgradeable]
            .map(|category| mixed_content(page, url, category));
        assert_eq!(found, [blockable, upgradeable], "{page} {url}");
    }
}

#[test]
fn a_redirect_to_http_is_explained_with_the_https_location() {
    let head = Head::parse("307\naccess-control-allow-origin: *\nlocation: http://api.example/items/");
    let request = request(get(), "https://api.example/items");
    for (url, fix, page) in [
        (
            "http://api.example/items/#top",
            &["Location: https://api.example/items/"][..],
            &["the URL `https://api.example/items/` to begin with"][..],
        ),
        ("https://api.example/items/", &[], &[]),
        ("http://localhost/items/", &[], &[]),
    ] {
        let explanation =
            Explanation::of_redirect(&request, &head.response(), Some(Url::new(url).unwrap()), standard());
        let changes: Vec<String> = explanation.fix().map(|change| change.to_string()).collect();
        let page_changes: Vec<String> = explanation.page_changes().map(|(change, _)| change.to_string()).collect();
        assert_eq!(
            (&*changes, &*page_changes),
            (
                &*fix.iter().map(ToString::to_string).collect::<Vec<_>>(),
                &*page.iter().map(ToString::to_string).collect::<Vec<_>>()
            ),
            "{url}"
        );
        assert_eq!(explanation.mixed_content().is_some(), !fix.is_empty(), "{url}");
        assert_eq!(explanation.failures().count(), 0, "{url}");
    }
}
