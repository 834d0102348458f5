//! Hints, word for word.

use fetch_cors::{
    browser::{
        Explanation, Profile, RequestInit, Url,
        request::{RequestMode, ResponseTainting},
    },
    header::Headers,
    origin::Origin,
};

use crate::exchange::{API, Head, INCLUDE, PAGE, get, in_mode, put, request, standard};

fn of_request(init: RequestInit<'_>, page: &str, url: &str) -> Vec<String> {
    let request = init.request(Url::new(url).unwrap(), Origin::parse(page).unwrap()).unwrap();
    Explanation::of_request(&request, standard()).hints().map(|hint| hint.to_string()).collect()
}

#[test]
fn request_hints_name_response_headers_and_forbidden_headers() {
    let response_header: [(&str, &[u8]); 1] = [("Access-Control-Allow-Origin", b"*")];
    let cookie: [(&str, &[u8]); 1] = [("Cookie", b"a=b")];
    let content_type: [(&str, &[u8]); 1] = [("Content-Type", b"application/json")];
    let with = |headers| RequestInit { headers: Headers::from_pairs(headers), ..get() };
    let opaque = "mode `no-cors` fixes nothing: the response is opaque, and a script reads neither status nor headers nor \
                  body";
    let origin = "the page's origin is opaque and sent as `null`, as from sandboxed frames, `data:` and `file:`: to allow \
                  `null` is to allow all of them, so serve the page over HTTP, or give its frame `allow-same-origin`";
    let mode = "credentials mode `same-origin`, the default, sends no cookies to another origin: if the server \
                needs them, use `include`";
    let mixed = "a page of `https` may not request `http:` URLs other than of this machine: every browser blocks that as mixed \
                 content, before CORS and before anything is sent (images, audio and video of elements are requested over \
                 `https` instead)";
    let cookies = "credentials mode `include` allows cookies; whether one is sent depends on its `SameSite` and the browser's \
                   rules for third parties";
    let local = "no CORS header lets a public page into a local network: browsers ask the user (Local Network Access)";
    for (init, page, url, expected) in [
        (get(), PAGE, API, &[mode][..]),
        (
            RequestInit { credentials: INCLUDE, ..get() },
            PAGE,
            API,
            &["credentials never cause a preflight: methods, headers, streams and upload listeners do", cookies],
        ),
        (get(), "null", API, &[origin, mode]),
        (in_mode(RequestMode::NoCors), PAGE, API, &[opaque]),
        (with(&cookie), PAGE, API, &[mode, "a page may not set `cookie`: the browser drops it silently"]),
        (
            RequestInit { mode: RequestMode::NoCors, ..with(&content_type) },
            PAGE,
            API,
            &[opaque, "mode `no-cors` drops the header `content-type` silently"],
        ),
        (
            RequestInit { mode: RequestMode::NoCors, ..with(&cookie) },
            PAGE,
            API,
            &[opaque, "a page may not set `cookie`: the browser drops it silently"],
        ),
        (
            with(&response_header),
            PAGE,
            API,
            &[
                mode,
                "`access-control-allow-origin` belongs in the response: in a request it does nothing but cause a preflight, so \
                 take it off the request",
            ],
        ),
        (with(&content_type), PAGE, API, &["without a body there is nothing for `Content-Type` to describe", mode]),
        (
            RequestInit { method: "patch", ..get() },
            PAGE,
            API,
            &[
                "`patch` is sent as it is written, and methods are compared byte for byte: browsers upper-case `DELETE`, \
               `GET`, `HEAD`, `OPTIONS`, `POST` and `PUT` alone",
                mode,
            ],
        ),
        (get(), PAGE, "http://192.168.1.1/", &[mixed, local, mode]),
        (get(), PAGE, "http://172.31.0.1/", &[mixed, local, mode]),
        (get(), PAGE, "https://10.0.0.1/", &[local, mode]),
        (get(), PAGE, "https://printer.local/", &[local, mode]),
        (get(), PAGE, "http://localhost/", &[local, mode]),
        (get(), PAGE, "http://127.0.0.1/", &[local, mode]),
        (get(), "http://10.0.0.2", "http://10.0.0.1/", &[mode]),
        (get(), PAGE, "https://172.32.0.1/", &[mode]),
        (get(), PAGE, "https://192.169.1.1/", &[mode]),
        // A domain that starts like an address is not an address.
        (get(), PAGE, "https://127.evil.example/", &[mode]),
        (get(), PAGE, "https://10.0.evil.example/", &[mode]),
        (get(), "https://127.evil.example", "http://localhost/", &[local, mode]),
        (
            get(),
            PAGE,
            "wss://api.example/",
            &["`fetch()` takes no `ws:` and `wss:` URLs: use `new WebSocket(url)`, which has no CORS check"],
        ),
        (
            get(),
            PAGE,
            "localhost:8080/items",
            &["start the URL with `http://` or `https://`: otherwise the text before its first `:` is read as the \
                 scheme"],
        ),
        (
            get(),
            PAGE,
            "file:///items.json",
            &["a page cannot fetch `file:` URLs, nor load modules from them: serve the files over HTTP, from \
                 `http://localhost` for instance"],
        ),
    ] {
        assert_eq!(of_request(init, page, url), expected, "{url}");
    }
}

/// The hints on the answer to a preflight for a `PUT` to this URL.
fn of_preflight(url: &str, head: &str) -> Vec<String> {
    let head = Head::parse(head);
    let explanation = Explanation::of_preflight(&request(put(), url), &head.response(), standard());
    explanation.hints().map(|hint| hint.to_string()).collect()
}

#[test]
fn preflight_hints_explain_the_status() {
    let unauthorized = "preflights never carry cookies or `Authorization`, so the check for them must let `OPTIONS` pass, \
                        or come after the CORS layer";
    let forbidden = "preflights never carry cookies or `Authorization`, so the check for them must let `OPTIONS` pass; an \
                     object store or a gateway answers 403 if none of its CORS rules matches the origin, the method and \
                     the headers";
    let not_allowed = "the server does not allow `OPTIONS` at this URL: the preflight never reaches the CORS layer";
    let failing = "the server fails on `OPTIONS`: a preflight has no body, and none of the headers of the request";
    let gateway =
        "a proxy got no answer from the server: that is the fault, and CORS headers would only let the page read it";
    let plain = "if you asked with `curl -X OPTIONS` alone: without `Origin` and `Access-Control-Request-Method` that is not a \
                 preflight, and servers answer it otherwise";
    let misdirected = "the connection was reused for a host that the server does not serve on it (HTTP/2 and certificates): fix \
                       the set-up of TLS, since CORS headers would only let the page read the 421";
    for (status, why) in [
        (421, misdirected),
        (502, gateway),
        (504, gateway),
        (401, unauthorized),
        (403, forbidden),
        (407, unauthorized),
        (404, "nothing answers `OPTIONS` at this URL: routes need one beside `GET` or `POST`"),
        (405, not_allowed),
        (501, not_allowed),
        (429, "preflights count as requests to a rate limit that comes before them"),
        (500, failing),
        (503, gateway),
        (304, "preflights are not conditional: a cache in front of `OPTIONS` answers it"),
        (418, "a preflight passes with a status from 200 to 299"),
    ] {
        let head = format!("{status}\naccess-control-allow-origin: *\naccess-control-allow-methods: *");
        let expected =
            [Some(format!("status {status}: {why}")), matches!(status, 404 | 405 | 501).then(|| plain.to_owned())];
        assert_eq!(of_preflight(API, &head), expected.into_iter().flatten().collect::<Vec<_>>());
    }
}

#[test]
fn preflight_hints_explain_redirects_and_several_origins() {
    let to = |location: &str| format!("302\naccess-control-allow-origin: *\nlocation: {location}");
    let elsewhere = "preflights follow no redirect; if this one leads to a login, let `OPTIONS` through without it, since \
                     preflights never carry credentials";
    let login = "a login is in front of `OPTIONS`, and preflights never carry credentials: let `OPTIONS` through without a \
                 login, and answer other requests that lack a session with 401";
    let one_origin =
        "`Access-Control-Allow-Origin` takes one origin: a server that allows several answers each with its own";
    for (url, head, expected) in [
        (
            "http://api.example/items",
            &*to("https://api.example/items"),
            &["the server redirects `http` to `https`, and preflights follow no redirect: call the `https` URL"][..],
        ),
        (
            API,
            &*to("/items/"),
            &["the server redirects to the path with a `/` at its end, and preflights follow no redirect"],
        ),
        (API, &*to("/login"), &[login]),
        (API, &*to("/login/"), &[login]),
        (API, &*to("s/"), &[elsewhere]),
        ("http://api.example/items", &*to("https://login.example/items"), &[login]),
        ("http://api.example/items", &*to("https://other.example/items"), &[elsewhere]),
        (
            "http://api.example/items",
            &*(to("https://api.example/items") + "\nnon-authoritative-reason: HSTS"),
            &[
                "the browser itself redirects `http` to `https`, since the host has set HTTP Strict Transport Security, and \
                 preflights follow no redirect: call the `https` URL",
            ],
        ),
        (
            API,
            "204\naccess-control-allow-origin: *\naccess-control-allow-private-network: true",
            &["browsers no longer read `Access-Control-Allow-Private-Network`: Local Network Access asks the user \
                 instead"],
        ),
        (
            API,
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT; GET",
            &["the elements of `Access-Control-Allow-Methods` are separated by commas, not by blanks or semicolons"],
        ),
        (
            API,
            "204",
            &[
                "`OPTIONS` was answered without CORS handling, for example by a file server, by a page for all paths \
                 or by the framework itself: let the CORS layer come first",
                "the response that follows the preflight must pass the same CORS check",
                "if other origins get another answer, every response of this URL needs `Vary: Origin`, or caches mix \
                 them up",
            ],
        ),
        (
            API,
            "204\naccess-control-allow-origin: *\naccess-control-allow-origin: *\nvary: origin",
            &[
                "several `Access-Control-Allow-Origin` are as bad as none: often two layers, as a proxy and an application, \
               each add one",
            ],
        ),
        (API, "204\naccess-control-allow-origin: https://app.example, https://b.example\nvary: origin", &[one_origin]),
        (API, "204\naccess-control-allow-origin: https://app.example,https://b.example\nvary: origin", &[one_origin]),
        (API, "204\naccess-control-allow-origin: https://app.example https://b.example\nvary: origin", &[one_origin]),
    ] {
        assert_eq!(of_preflight(url, head), expected, "{head}");
    }
}

/// The hints on the response to a request with response tainting "cors".
fn of_response(init: RequestInit<'_>, head: &str) -> Vec<String> {
    let head = Head::parse(head);
    let request = request(init, API).with_response_tainting(ResponseTainting::Cors);
    let explanation = Explanation::of_response(&request, &head.response(), standard());
    explanation.hints().map(|hint| hint.to_string()).collect()
}

#[test]
fn response_hints_name_vary_and_credentials() {
    let vary = "if other origins get another answer, every response of this URL needs `Vary: Origin`, or caches mix them \
                up";
    let include = RequestInit { credentials: INCLUDE, ..get() };
    let credentials = "access-control-allow-origin: https://app.example\naccess-control-allow-credentials";
    for (init, head, expected) in [
        (get(), "200\naccess-control-allow-origin: *", &[][..]),
        (get(), "404\naccess-control-allow-origin: *", &[]),
        (put(), "200\naccess-control-allow-origin: *", &[]),
        (get(), "200\naccess-control-allow-origin: https://app.example", &[vary]),
        (get(), "302\naccess-control-allow-origin: *\nx-a: 1", &[]),
        (
            get(),
            "200\naccess-control-allow-origin: *\nx-a: 1",
            &["to let scripts read more headers, name them in `Access-Control-Expose-Headers`"],
        ),
        (
            put(),
            "502",
            &[
                "look at status 502 first: a proxy got no answer from the server: that is the fault, and the proxy adds no CORS \
                 headers",
                "the response to the preflight is not enough: the response after it needs `Access-Control-Allow-Origin` too, \
                 and with credentials `Access-Control-Allow-Credentials`",
                "a response with status 502 needs the headers too, or the page cannot read what went wrong: see that gateways \
                 and error handlers set them (in nginx: `add_header` with `always`)",
                vary,
            ],
        ),
        (
            include,
            &*format!("200\n{credentials}: True\nvary: origin"),
            &["`true` is compared byte for byte: lower case, once, without quotes"],
        ),
        (
            include,
            &*format!("200\n{credentials}: true\nvary: *\naccess-control-expose-headers: *"),
            &[
                "to a request with credentials mode `include`, `*` in `Access-Control-Expose-Headers` is a literal, not a \
               wildcard, whether or not there is a cookie",
            ],
        ),
        // Headers that are read only in the response to a preflight.
        (
            include,
            &*format!(
                "200\n{credentials}: true\nvary: *\naccess-control-allow-methods: *\naccess-control-allow-headers: *"
            ),
            &[],
        ),
    ] {
        assert_eq!(of_response(init, head), expected, "{head}");
    }
    // Headers that are not read in it.
    let text = format!(
        "204\n{credentials}: true\nvary: *\naccess-control-allow-methods: PUT\naccess-control-expose-headers: *"
    );
    let (head, put) = (Head::parse(&text), request(RequestInit { credentials: INCLUDE, ..put() }, API));
    assert_eq!(Explanation::of_preflight(&put, &head.response(), standard()).hints().count(), 0);
}

#[test]
fn redirect_hints_name_lost_methods_bodies_and_authorization() {
    let lines: [(&str, &[u8]); 1] = [("Authorization", b"Bearer abc")];
    let authorized = RequestInit { headers: Headers::from_pairs(&lines), ..get() };
    let post = RequestInit { method: "POST", ..get() };
    for (init, status, expected) in [
        (get(), "302", None),
        (post, "307", None),
        (post, "302", Some("status 302 makes a `GET` without a body of a `POST`: 307 and 308 keep both")),
        (put(), "303", Some("status 303 makes a `GET` without a body of a `PUT`: 307 and 308 keep both")),
        (
            authorized,
            "302",
            Some("a redirect to another origin drops `Authorization`: request the last URL to begin with"),
        ),
    ] {
        let head = Head::parse(status);
        let url = Some(Url::new("https://b.example/").unwrap());
        let request = request(init, API).with_response_tainting(ResponseTainting::Cors);
        let explanation = Explanation::of_redirect(&request, &head.response(), url, standard());
        let hints: Vec<String> = explanation.hints().map(|hint| hint.to_string()).collect();
        assert_eq!(hints, Vec::from_iter(expected), "{status}");
    }
}

#[test]
fn hints_name_browsers_that_decide_otherwise() {
    let lines: [(&str, &[u8]); 1] = [("Authorization", b"Bearer abc")];
    let init = RequestInit { headers: Headers::from_pairs(&lines), ..get() };
    let head = Head::parse("204\naccess-control-allow-origin: *\naccess-control-allow-headers: *");
    for profile in [&Profile::FETCH, &Profile::CHROMIUM] {
        let environment = crate::exchange::of_browser(profile);
        let explanation = Explanation::of_preflight(&request(init, API), &head.response(), environment);
        let hints: Vec<String> = explanation.hints().map(|hint| hint.to_string()).collect();
        let text = "`*` does not cover `Authorization`, neither by the standard nor in any browser's cache: where browsers \
                    let it pass, each request makes a preflight, so name it";
        assert_eq!(hints, [text]);
    }
}
