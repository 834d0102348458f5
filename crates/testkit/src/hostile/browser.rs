//! Long values and long header lists that a browser reads.

use std::hint::black_box;

use fetch_cors::{
    browser::{
        Profile, Url, cors_check,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
        known_message,
        preflight::{check_preflight, preflight_request},
        redirect::{location, parse_referrer_policy},
        request::HostIsSite,
        safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names},
        timing_allow::tao_check,
    },
    header::HeaderName,
    origin::Origin,
};

use super::{
    BYTES, Growth, Hostile, LONG, MANY, Prepared, leak_str, list,
    lists::{request, response},
    names, repeat, written,
};

pub const ALL: &[Hostile] = &[
    Hostile::new("lines of a request, asked for", MANY, Growth::Sorted, |lines| {
        let (request, bytes) = request(&names(lines));
        prepared(bytes, move || written(preflight_request(&request, &Profile::FETCH).access_control_request_headers))
    }),
    Hostile::new("equal lines of a request, asked for", MANY, Growth::Linear, |lines| {
        let (request, bytes) = request(&vec!["x-a"; lines]);
        prepared(bytes, move || written(preflight_request(&request, &Profile::FETCH).access_control_request_headers))
    }),
    Hostile::new("lines of a request, classified", MANY, Growth::Linear, |lines| {
        let (request, bytes) = request(&names(lines));
        prepared(bytes, move || cors_unsafe_request_header_names(request.headers(), &Profile::FETCH).is_empty())
    }),
    Hostile::new("lines of `Accept`, combined", MANY, Growth::Linear, |lines| {
        let (request, bytes) = request(&vec!["accept"; lines]);
        prepared(bytes, move || cors_unsafe_request_header_names(request.headers(), &Profile::CHROMIUM).is_empty())
    }),
    Hostile::new("lines of `Authorization`, the last sent", MANY, Growth::Linear, |lines| {
        let names: Vec<_> = (0..lines).map(|at| if at % 2 == 0 { "authorization" } else { "content-type" }).collect();
        let (request, bytes) = request(&names);
        prepared(bytes, move || written(preflight_request(&request, &Profile::FIREFOX).access_control_request_headers))
    }),
    Hostile::new("bytes of `Content-Type`", LONG, Growth::None, |bytes| {
        let value = repeat("text/plain;", bytes).as_bytes();
        prepared(bytes, move || cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value, &Profile::FETCH))
    }),
    Hostile::new("bytes of `Range`", LONG, Growth::None, |bytes| {
        let value = leak_str(format!("bytes={}-", repeat("1", bytes))).as_bytes();
        prepared(bytes, move || cors_safelisted_request_header(HeaderName::RANGE, value, &Profile::FETCH))
    }),
    Hostile::new("bytes of `X-HTTP-Method`, commas", LONG, Growth::Linear, |bytes| {
        let value = repeat(",", bytes).as_bytes();
        let name = HeaderName::new("x-http-method").expect("it is a name");
        prepared(bytes, move || name.is_forbidden_request_header(black_box(value)))
    }),
    Hostile::new("bytes of `X-HTTP-Method`, blanks", LONG, Growth::Linear, |bytes| {
        let value = repeat(" ", bytes).as_bytes();
        let name = HeaderName::new("x-http-method").expect("it is a name");
        prepared(bytes, move || name.is_forbidden_request_header(black_box(value)))
    }),
    Hostile::new("bytes of `Origin`", LONG, Growth::Linear, |bytes| {
        let value = leak_str(format!("https://{}", repeat("a.", bytes).trim_end_matches('.'))).as_bytes();
        prepared(bytes, move || Origin::from_header(black_box(value)).is_ok())
    }),
    Hostile::new("bytes of a URL", LONG, Growth::Linear, |bytes| {
        let value = leak_str(format!("https://{}/", repeat("a:b@", bytes)));
        prepared(bytes, move || Url::new(black_box(value)).is_ok())
    }),
    Hostile::new("bytes of `Access-Control-Allow-Origin`", LONG, Growth::Linear, |bytes| {
        one_line("access-control-allow-origin", repeat("https://page.example, ", bytes), |request, response| {
            cors_check(request, response, &Profile::FETCH).is_ok()
        })
    }),
    Hostile::new("lines of `Access-Control-Allow-Origin`", MANY, Growth::Linear, |lines| {
        let ((request, _), (response, bytes)) =
            (request(&[]), response(vec![("access-control-allow-origin", &b"*"[..]); lines]));
        prepared(bytes, move || cors_check(&request, black_box(&response), &Profile::FETCH).is_ok())
    }),
    Hostile::new("bytes of `Timing-Allow-Origin`, commas", LONG, Growth::Linear, |bytes| {
        one_line("timing-allow-origin", repeat(",", bytes), tao)
    }),
    Hostile::new("bytes of `Timing-Allow-Origin`, blanks", LONG, Growth::Linear, |bytes| {
        one_line("timing-allow-origin", leak_str(format!("a{}a", repeat(" ", bytes))), tao)
    }),
    Hostile::new("bytes of `Timing-Allow-Origin`, a quote", LONG, Growth::Linear, |bytes| {
        one_line("timing-allow-origin", leak_str(format!("\"{}", repeat(",\\", bytes))), tao)
    }),
    Hostile::new("lines of `Timing-Allow-Origin`", MANY, Growth::Linear, |lines| {
        let ((request, _), (response, bytes)) =
            (request(&[]), response(vec![("timing-allow-origin", &b"https://a.example"[..]); lines]));
        prepared(bytes, move || tao(&request, black_box(&response)))
    }),
    Hostile::new("bytes of `Cross-Origin-Resource-Policy`", LONG, Growth::None, |bytes| {
        one_line("cross-origin-resource-policy", repeat("same-origin,", bytes), |request, response| {
            let (policy, included) = (EmbedderPolicy::RequireCorp, IncludesCredentials::Yes);
            let url_origin = request.current_url().origin();
            cross_origin_resource_policy_check(request.origin(), policy, response, url_origin, included, &HostIsSite)
                .is_ok()
        })
    }),
    Hostile::new("bytes of `Location`", LONG, Growth::None, |bytes| {
        let (headers, bytes) = list(vec![("location", repeat("/a?", bytes).as_bytes())]);
        let response = fetch_cors::browser::Response::new(302, headers).expect("it is a status");
        prepared(bytes, move || location(black_box(&response), &Profile::CHROMIUM).is_ok())
    }),
    Hostile::new("bytes of `Referrer-Policy`", LONG, Growth::Linear, |bytes| {
        one_line("referrer-policy", repeat("origin,a,", bytes), |_, response| {
            parse_referrer_policy(response) == fetch_cors::browser::request::ReferrerPolicy::Origin
        })
    }),
    Hostile::new("bytes of `Access-Control-Max-Age`", LONG, Growth::Linear, |bytes| {
        one_line("access-control-max-age", repeat("9", bytes), |request, response| {
            check_preflight(request, response, &Profile::FETCH).is_ok()
        })
    }),
    Hostile::new("bytes of a pasted message", BYTES, Growth::Linear, |bytes| {
        let line = repeat("Reason: CORS header 'Access-Control-Allow-Origi", bytes);
        prepared(bytes, move || known_message(black_box(line)))
    }),
];

fn prepared<T>(bytes: usize, work: impl Fn() -> T + 'static) -> Prepared {
    Prepared { bytes, work: Box::new(move || _ = black_box(work())) }
}

type Request = fetch_cors::browser::Request<'static>;
type Response = fetch_cors::browser::Response<'static>;

fn one_line(name: &'static str, value: &'static str, work: fn(&Request, &Response) -> bool) -> Prepared {
    let ((request, _), (response, bytes)) = (request(&[]), response(vec![(name, value.as_bytes())]));
    prepared(bytes, move || work(black_box(&request), black_box(&response)))
}

fn tao(request: &Request, response: &Response) -> bool {
    tao_check(request, response) == fetch_cors::browser::timing_allow::TimingAllow::Passed
}
