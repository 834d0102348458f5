//! Hints on the value of `Access-Control-Allow-Origin`, word for word.

use fetch_cors::{
    browser::{Explanation, Url, request::ResponseTainting},
    origin::Origin,
};

use crate::exchange::{API, Head, PAGE, get, standard};

#[test]
fn allow_origin_hints_name_the_difference_of_a_near_match() {
    let www = "a host with `www.` and the host without it are two origins: allow both, or use one";
    let twice = "two layers, as a proxy and an application, each add `Access-Control-Allow-Origin`, and the values were joined: \
                 add it in one place";
    let variable = "the value is a variable or a template that the server did not expand: check the quotes around it, and \
                    whether this directive expands variables";
    let printed = "the value is what a program prints for a value that is not an origin: add the origin to the server's list, \
                   and send no header for origins that are not on it";
    let other = "the server allows another origin, and not the page's: add the page's origin to its list, and let it answer each \
                 origin with that one";
    let opaque = "the page's origin is opaque and sent as `null`, as from sandboxed frames, `data:` and `file:`: to allow `null` \
                  is to allow all of them, so serve the page over HTTP, or give its frame `allow-same-origin`";
    let list = "`Access-Control-Allow-Origin` takes one origin: a server that allows several answers each with its own";
    let quotes = "an origin is written without quotes and brackets";
    let word = "no word means every origin: that is `*`, and else the value is the request's own `Origin`, once the server \
                allows it";
    let pattern = "there are no patterns of origins: the server must find out whether it allows the request's `Origin`, and \
                   name that one";
    let two = "`localhost`, `127.0.0.1` and `[::1]` are different origins, though one machine";
    for (page, value, text) in [
        (PAGE, "https://app.example/", "an origin has no `/` at its end, and is compared byte for byte"),
        (PAGE, "https://app.example/app", "an origin has no path: it ends with the host, or with the port"),
        (PAGE, "'https://app.example'", quotes),
        (PAGE, "https://*.example", pattern),
        (PAGE, "app.example", "an origin starts with its scheme, as in `https://`"),
        (PAGE, "https://App.example", "an origin is in lower case, and is compared byte for byte"),
        (PAGE, "https://app.example:443", "browsers leave out the default port: 443 of `https`, 80 of `http`"),
        (
            "http://app.example",
            "http://app.example:80",
            "browsers leave out the default port: 443 of `https`, 80 of `http`",
        ),
        (
            PAGE,
            "http://app.example",
            "`http` and `https` make two origins of one host, as an app's own scheme makes another",
        ),
        (PAGE, "https://app.example:8443", "the port is part of the origin, and two ports make two origins"),
        (PAGE, "null", "`null` does not mean \"none\": it is the origin of sandboxed pages"),
        ("http://localhost:3000", "http://127.0.0.1:3000", two),
        ("http://127.0.0.1:3000", "http://localhost:3000", two),
        ("http://app.localhost", "http://[::1]", two),
        (PAGE, "http://localhost", other),
        (PAGE, "b.example", "an origin starts with its scheme, as in `https://`"),
        (PAGE, "localhost:8080", "an origin starts with its scheme, as in `https://`"),
        (PAGE, "app", ""),
        (PAGE, "", "an empty value allows nobody: send the origin, or no header at all"),
        (PAGE, "https://www.app.example", www),
        ("https://www.app.example", "https://app.example", www),
        (PAGE, "*;", "a `;` or a `,` is part of the value: remove it"),
        (PAGE, "https://app.example,", "a `;` or a `,` is part of the value: remove it"),
        (PAGE, "*, *", twice),
        (PAGE, "https://app.example, https://app.example", twice),
        (PAGE, "*,https://app.example", twice),
        (PAGE, "$http_origin", variable),
        (PAGE, "${ALLOWED_ORIGIN}", variable),
        (PAGE, "%{ORIGIN}e", variable),
        (PAGE, "{{ cors_origin }}", variable),
        (PAGE, "https://$host", variable),
        (PAGE, "false", printed),
        (PAGE, "undefined", printed),
        (PAGE, "[object Object]", printed),
        ("http://localhost", "https://app.example", other),
        // Other spellings of lists, words and patterns.
        (PAGE, "https://app.example|https://b.example", list),
        (PAGE, "https://app.example;https://b.example", list),
        (PAGE, "[\"https://app.example\",\"https://b.example\"]", list),
        (PAGE, "[\"https://app.example\"]", quotes),
        (PAGE, "<https://app.example>", quotes),
        (PAGE, "\u{201c}*\u{201d}", quotes),
        (PAGE, "all", word),
        (PAGE, "ANY", word),
        (PAGE, "'self'", word),
        ("https://all", "all", "an origin starts with its scheme, as in `https://`"),
        (PAGE, "/\\.example$/", pattern),
        (PAGE, "^https://(.+)\\.example$", pattern),
        (PAGE, "~^https?://app", pattern),
        (PAGE, "https://.*.example", pattern),
        ("null", "https://app.example", opaque),
    ] {
        let request = get().request(Url::new(API).unwrap(), Origin::parse(page).unwrap()).unwrap();
        let text_of_head = format!("200\naccess-control-allow-origin: {value}\nvary: origin");
        let head = Head::parse(&text_of_head);
        let request = request.with_response_tainting(ResponseTainting::Cors);
        let explanation = Explanation::of_response(&request, &head.response(), standard());
        let hints: Vec<String> = explanation.hints().map(|hint| hint.to_string()).collect();
        assert_eq!(hints.first().map_or("", |hint| hint), text, "{page}: {value}: {hints:?}");
    }
}
