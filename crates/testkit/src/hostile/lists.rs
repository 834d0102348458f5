//! Empty lists and long lists that a browser reads.

use std::hint::black_box;

use fetch_cors::{
    browser::{
        Environment, Explanation, Profile, Request, RequestInit, Response, Url, filter::filter,
        preflight::check_preflight, request::ResponseTainting,
    },
    origin::Origin,
};

use super::{BYTES, Growth, Hostile, Line, MANY, Prepared, joined, list, names, repeat, written};

pub const ALL: &[Hostile] = &[
    Hostile::new("bytes of commas in `Access-Control-Allow-Headers`", BYTES, Growth::Linear, |bytes| {
        preflight(&[], "access-control-allow-headers", repeat(",", bytes))
    }),
    Hostile::new("bytes of commas in `Access-Control-Allow-Methods`", BYTES, Growth::Linear, |bytes| {
        preflight(&[], "access-control-allow-methods", repeat(",", bytes))
    }),
    Hostile::new("bytes of blanks in `Access-Control-Allow-Headers`", BYTES, Growth::Linear, |bytes| {
        preflight(&[], "access-control-allow-headers", repeat(", ", bytes))
    }),
    Hostile::new("tokens in `Access-Control-Allow-Headers` for 100 headers", MANY, Growth::Linear, |tokens| {
        let names = names(tokens);
        preflight(last_100(&names), "access-control-allow-headers", joined(&names))
    }),
    Hostile::new("tokens in `Access-Control-Allow-Headers` for as many headers", MANY, Growth::Sorted, |tokens| {
        let names = names(tokens);
        preflight(&names, "access-control-allow-headers", joined(&names))
    }),
    Hostile::new("equal tokens in `Access-Control-Allow-Headers` for 100 headers", MANY, Growth::Linear, |tokens| {
        preflight(&names(100), "access-control-allow-headers", joined(&vec!["x-header-00001"; tokens]))
    }),
    Hostile::new("tokens in `Access-Control-Allow-Methods`", MANY, Growth::Linear, |tokens| {
        preflight(&[], "access-control-allow-methods", joined(&names(tokens)))
    }),
    Hostile::new("lines of `Access-Control-Allow-Headers` for 100 headers", MANY, Growth::Linear, |lines| {
        let names = names(lines);
        let lines = names.iter().map(|name| ("access-control-allow-headers", name.as_bytes()));
        preflight_lines(last_100(&names), lines.collect())
    }),
    Hostile::new("tokens and headers, explained", MANY, Growth::Sorted, |tokens| {
        let names = names(tokens);
        explained(&names, joined(names.get(..tokens / 2).unwrap_or_default()))
    }),
    Hostile::new("bytes of commas in `Access-Control-Expose-Headers`", BYTES, Growth::Linear, |bytes| {
        filtered(&names(100), repeat(",", bytes))
    }),
    Hostile::new("tokens in `Access-Control-Expose-Headers` over 100 lines", MANY, Growth::Linear, |tokens| {
        let names = names(tokens);
        filtered(last_100(&names), joined(&names))
    }),
    Hostile::new("tokens in `Access-Control-Expose-Headers` over as many lines", MANY, Growth::Sorted, |tokens| {
        let names = names(tokens);
        filtered(&names, joined(&names))
    }),
    Hostile::new("lines, and commas in `Access-Control-Expose-Headers`", MANY, Growth::Linear, |lines| {
        filtered(&names(lines), repeat(",", 4 * lines))
    }),
    Hostile::new("lines of a response, filtered", MANY, Growth::Linear, |lines| filtered(&names(lines), "x-a")),
];

pub fn request(names: &[&'static str]) -> (Request<'static>, usize) {
    let (headers, bytes) = list(names.iter().map(|name| (*name, &b"1"[..])).collect());
    let page = Origin::parse("https://page.example").expect("it is an origin");
    let url = Url::new("https://api.example/").expect("it is a URL");
    let request = RequestInit { headers, ..RequestInit::default() }.request(url, page).expect("the names are right");
    (request.with_response_tainting(ResponseTainting::Cors), bytes)
}

pub fn response(mut lines: Vec<Line>) -> (Response<'static>, usize) {
    lines.push(("access-control-allow-origin", b"*"));
    let (headers, bytes) = list(lines);
    (Response::new(200, headers).expect("it is a status"), bytes)
}

/// The last names, which are found last.
fn last_100<'n>(names: &'n [&'static str]) -> &'n [&'static str] {
    names.rchunks(100).next().unwrap_or_default()
}

fn preflight(names: &[&'static str], name: &'static str, value: &'static str) -> Prepared {
    preflight_lines(names, vec![(name, value.as_bytes())])
}

fn preflight_lines(names: &[&'static str], lines: Vec<Line>) -> Prepared {
    let ((request, own), (response, bytes)) = (request(names), response(lines));
    let work = move || {
        black_box(check_preflight(black_box(&request), black_box(&response), &Profile::FETCH).is_ok());
    };
    Prepared { bytes: own + bytes, work: Box::new(work) }
}

fn explained(names: &[&'static str], value: &'static str) -> Prepared {
    let (request, own) = request(names);
    let (response, bytes) = response(vec![("access-control-allow-headers", value.as_bytes())]);
    let work = move || {
        let explanation =
            Explanation::of_preflight(black_box(&request), black_box(&response), Environment::new(&Profile::FETCH));
        black_box(explanation.failures().map(written).sum::<usize>());
        black_box(explanation.checks().map(|check| written(check.subject)).sum::<usize>());
        black_box(explanation.hints().map(written).sum::<usize>());
        black_box(explanation.fix().map(written).sum::<usize>());
        black_box(explanation.page_changes().map(|(change, _)| written(change)).sum::<usize>());
    };
    Prepared { bytes: own + bytes, work: Box::new(work) }
}

fn filtered(names: &[&'static str], exposed: &'static str) -> Prepared {
    let mut lines: Vec<Line> = names.iter().map(|name| (*name, &b"1"[..])).collect();
    lines.push(("access-control-expose-headers", exposed.as_bytes()));
    let ((request, _), (response, bytes)) = (request(&[]), response(lines));
    let work = move || {
        black_box(filter(black_box(&request), black_box(&response), &Profile::FETCH).headers().count());
    };
    Prepared { bytes, work: Box::new(work) }
}
