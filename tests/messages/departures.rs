//! Where each browser leaves the standard.

use fetch_cors::browser::Profile;

const ALIKE: [&str; 3] = [
    "preflight: no `Access-Control-Allow-Methods` for an upload listener",
    "`Authorization` passes under `*` without credentials",
    "two equal `Location` lines are followed",
];

#[test]
fn each_profile_lists_its_own_departures() {
    for (profile, name, alike, own) in [
        (Profile::FETCH, "Fetch Standard", &[][..], &[][..]),
        (
            Profile::CHROMIUM,
            "Chromium",
            &ALIKE,
            &[
                "repeated header: the combined value",
                "a large `Range` number is preflighted",
                "client hints, User-Agent and Intervention",
                "upload listener without a body",
                "XMLHttpRequest: a blob's type that is no media type",
                "`Available-Dictionary`, or `X-HTTP-Method` that is forbidden when combined",
                "preflight: order of checks",
                "cache: limit on max-age",
                "cache: max-age with a plus sign, or over 2^63 - 1",
                "cache: when the method counts",
                "cache: opaque origin",
                "cache: limit on URLs",
                "cache: entry after a failed actual response",
                "redirect: userinfo in Location without CORS tainting",
                "redirect: empty Location",
                "percent-encoding of URLs",
                "two different `Content-Disposition`, `Content-Length` or `Location` lines",
                "redirect: limit of a keepalive fetch",
                "redirect: invalid Location in mode manual or error",
                "redirect: no Location in mode error",
                "no-cors: Origin and referrer policy",
                "element with `crossorigin`: Origin to the page's own origin",
                "cache: limit on entries",
                "no-cors: Origin after a redirect",
                "407 from a server",
                "XMLHttpRequest: charset of the page's Content-Type",
                "cache: cache mode of the request",
            ],
        ),
        (
            Profile::FIREFOX,
            "Firefox",
            &ALIKE,
            &[
                "forbidden request-header: quoted commas",
                "repeated header: duplicate name in Access-Control-Request-Headers",
                "total size over 1024",
                "bytes above 0x7F",
                "a large `Range` number is preflighted",
                "Content-Type parsing",
                "redirect: preflight though nothing needs one any more",
                "redirect: Origin of a later preflight",
                "preflight: order of checks",
                "empty line among Access-Control-Allow-Origin or -Credentials",
                "cache: limit on max-age",
                "cache: malformed max-age",
                "cache: entry with credentials for a request without",
                "cache: when the method counts",
                "cache: wildcard",
                "cache: empty fragment",
                "percent-encoding of URLs",
                "two different `Content-Disposition`, `Content-Length` or `Location` lines",
                "redirect: invalid Location in mode manual or error",
                "no-cors: Origin and a relaxed referrer policy on a downgrade",
                "`*` before an element that is no header name exposes all",
                "repeated header: the last is sent",
                "cache: limit on entries",
                "XMLHttpRequest: charset of the page's Content-Type",
                "XMLHttpRequest: the page's Content-Type needs a preflight though it is rewritten",
                "streams as bodies",
                "cache: cache mode of the request",
                "a header with a blank before its colon",
                "cache: IP address as host",
            ],
        ),
        (
            Profile::SAFARI,
            "Safari",
            &[],
            &[
                "repeated header: the combined value",
                "total size over 1024",
                "`Authorization` passes under `*` without credentials",
                "preflight: order of checks",
                "cache: limit on max-age",
                "cache: entry after a failed actual response",
            ],
        ),
    ] {
        assert_eq!(profile.name, name);
        let departures: Vec<&str> = profile.departures().map(|departure| departure.name).collect();
        let (shared, others): (Vec<&str>, Vec<&str>) = departures.into_iter().partition(|it| alike.contains(it));
        assert_eq!((&*shared, &*others), (alike, own), "{name}");
    }
}
