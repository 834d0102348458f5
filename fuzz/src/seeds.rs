//! The vectors of `spec-vectors/`, as inputs of the targets.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::config::Plain;

mod pasted;

/// A first input of a target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// The target.
    pub target: &'static str,
    /// The vector's file and number.
    pub name: String,
    /// The bytes.
    pub input: Vec<u8>,
}

/// The greatest number of seeds of a target that are committed.
const COMMITTED: usize = 150;

/// The folder of a target's inputs.
pub fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// The committed seeds: for each target some of all, evenly spread.
pub fn committed() -> Vec<Seed> {
    let all = seeds();
    let targets: BTreeSet<&str> = all.iter().map(|seed| seed.target).collect();
    let some = |target| {
        let of_target: Vec<&Seed> = all.iter().filter(|seed| seed.target == target).collect();
        let count = of_target.len().min(COMMITTED);
        (0..count).map(|number| of_target[number * of_target.len() / count].clone()).collect::<Vec<_>>()
    };
    targets.into_iter().flat_map(some).collect()
}

/// All seeds, without duplicates.
pub fn seeds() -> Vec<Seed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec-vectors");
    let mut collector = Collector { seeds: Vec::new(), seen: BTreeSet::new(), name: String::new() };
    for file in FILES {
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        for (number, case) in cases.iter().enumerate() {
            collector.name = format!("{stem}-{number}");
            collector.case(stem, case);
        }
    }
    for (number, policy) in include_str!("policies.txt").split("\n\n").enumerate() {
        collector.name = format!("policies-{number}");
        collector.policy(policy);
    }
    for (number, (pattern, origin)) in PATTERNS.into_iter().enumerate() {
        collector.name = format!("wildcards-{number}");
        collector.add("pattern", format!("{pattern}\n{origin}").into_bytes());
    }
    for (number, matrix) in include_str!("seeds/matrices.txt").split("====\n").enumerate() {
        collector.name = format!("matrix-{number}");
        collector.add("matrix", matrix.as_bytes().to_vec());
    }
    collector.pasted(&root);
    // Some vectors, each unchanged and with one byte inserted.
    for number in (0..collector.seeds.len()).step_by(64) {
        let number = u16::try_from(number).expect("there are fewer vectors").to_le_bytes();
        collector.name = format!("vector-{}", u16::from_le_bytes(number));
        collector.add("vectors", [&number[..], b"\x01\x03\x00\x00*"].concat());
    }
    collector.seeds
}

/// Patterns of each form, each with an origin that it matches.
const PATTERNS: [(&str, &str); 7] = [
    ("https://app-*-team.vercel.app", "https://app-1-team.vercel.app"),
    ("https://pr-*.app.example:*", "https://pr-1.app.example:8443"),
    ("https://*-dev.app.example", "https://a-dev.app.example"),
    ("moz-extension://*", "moz-extension://0cf0c2c4-6a4e"),
    ("safari-web-extension://*", "safari-web-extension://140BB581-A2C0"),
    ("file://", "file://"),
    ("https://*.x-.example.", "https://-a.x-.example."),
];

const FILES: [&str; 38] = [
    "cors-check.json",
    "cors-safelisted-request-header-bytes.json",
    "cors-safelisted-request-headers.json",
    "cors-unsafe-request-header-names.json",
    "credentials.json",
    "cross-origin-resource-policy.json",
    "filtered-responses.json",
    "forbidden-request-headers.json",
    "get-decode-and-split.json",
    "header-lists.json",
    "header-names.json",
    "header-values.json",
    "headers-guard.json",
    "max-age.json",
    "methods.json",
    "misdirected-requests.json",
    "origin-header.json",
    "origins.json",
    "preflight-cache.json",
    "preflight-requests.json",
    "preflight-responses.json",
    "redirect-locations.json",
    "redirect-methods.json",
    "redirect-modes.json",
    "redirect-origins.json",
    "redirect-preflights.json",
    "redirect-taint.json",
    "redirect-userinfo.json",
    "request-init.json",
    "routes.json",
    "text-tracks.json",
    "timing-allow-origin.json",
    "urls.json",
    "whole-fetches.json",
    "wpt/fetch/api/cors/resources/not-cors-safelisted.json",
    "wpt/fetch/nosniff/resources/x-content-type-options.json",
    "wpt/mimesniff/mime-types/resources/generated-mime-types.json",
    "wpt/mimesniff/mime-types/resources/mime-types.json",
];

struct Collector {
    seeds: Vec<Seed>,
    seen: BTreeSet<(&'static str, Vec<u8>)>,
    name: String,
}

/// Text as Latin-1, the encoding of bytes in the vectors; as UTF-8 if it has characters beyond Latin-1.
fn bytes(text: &str) -> Vec<u8> {
    let latin1 = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect::<Option<Vec<u8>>>();
    latin1.unwrap_or_else(|| text.as_bytes().to_vec())
}

fn text<'a>(case: &'a Value, member: &str) -> &'a str {
    case[member].as_str().unwrap_or_default()
}

/// The strings of a list; empty if there is no list.
fn texts<'a>(case: &'a Value, member: &str) -> impl Iterator<Item = &'a str> {
    case[member].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn line(name: &str, value: &str) -> Vec<u8> {
    [b"\n", name.as_bytes(), b": ", &bytes(value)[..]].concat()
}

/// The header lines of a list of pairs.
fn header_lines(list: &Value) -> Vec<u8> {
    let pair = |pair: &Value| line(pair[0].as_str().unwrap_or_default(), pair[1].as_str().unwrap_or_default());
    list.as_array().into_iter().flatten().flat_map(pair).collect()
}

fn named_lines<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Vec<u8> {
    values.flat_map(|value| line(name, value)).collect()
}

/// The words and lines of a request, with additional `flags`.
fn request(request: &Value, flags: &[String]) -> Vec<u8> {
    let or = |member: &str, default: &'static str| request[member].as_str().unwrap_or(default).to_owned();
    let mut flags = flags.to_vec();
    let is = |member: &str| request[member].as_bool() == Some(true);
    flags.extend(is("upload_listener").then(|| "preflight".to_owned()));
    flags.extend(is("unsafe_request").then(|| "unsafe".to_owned()));
    flags.push(or("response_tainting", "basic"));
    // A chain of URLs with this redirect-taint.
    let chain = match or("redirect_taint", "same-origin").as_str() {
        "same-site" => "https://page.example:8443/ https://page.example:9443/ ",
        "cross-site" => "https://a.example/ https://b.example/ ",
        _ => "",
    };
    let words = format!(
        "{} {} {} {} {} {} {} {} {} {chain}{}",
        or("api", "fetch"),
        or("method", "GET"),
        or("mode", "cors"),
        or("credentials", "same-origin"),
        or("redirect", "follow"),
        or("referrer_policy", "-"),
        or("body", "-"),
        flags.join(","),
        or("origin", "https://page.example"),
        or("url", "https://api.example/"),
    );
    [words.into_bytes(), header_lines(&request["headers"])].concat()
}

/// The request of a case that gives only these values. No API makes it.
fn other(origin: &str, credentials: &str, taint: &str, tainting: &str, url: &str) -> Vec<u8> {
    let members = [
        ("api", "other"),
        ("origin", origin),
        ("credentials", credentials),
        ("redirect_taint", taint),
        ("response_tainting", tainting),
        ("url", url),
    ];
    let members = members.into_iter().filter(|(_, value)| !value.is_empty());
    request(&members.map(|(name, value)| (name.to_owned(), Value::from(value))).collect::<Value>(), &[])
}

fn response(status: u64, lines: &[u8]) -> Vec<u8> {
    [format!("\n\n{status}").as_bytes(), lines].concat()
}

impl Collector {
    fn add(&mut self, target: &'static str, input: Vec<u8>) {
        if self.seen.insert((target, input.clone())) {
            let same = self.seeds.iter().rev().take_while(|seed| seed.name.starts_with(&self.name));
            let number = same.filter(|seed| seed.target == target).count();
            let name = if number == 0 { self.name.clone() } else { format!("{}-{number}", self.name) };
            self.seeds.push(Seed { target, name, input });
        }
    }

    fn case(&mut self, file: &str, case: &Value) {
        match file {
            "methods" => self.add("grammar", bytes(text(case, "method"))),
            "header-names" => self.add("grammar", bytes(text(case, "name"))),
            "header-values" => self.add("grammar", bytes(text(case, "value"))),
            "header-lists" => self.add("grammar", bytes(&texts(case, "lines").collect::<Vec<_>>().join("\n"))),
            "get-decode-and-split" => {
                let values = case["headers"].as_array().into_iter().flatten().filter_map(|pair| pair[1].as_str());
                self.add("grammar", bytes(&values.collect::<Vec<_>>().join("\n")));
            }
            "x-content-type-options" => self.add("grammar", bytes(text(case, "input"))),
            "mime-types" | "generated-mime-types" => self.add("mime", bytes(text(case, "input"))),
            "not-cors-safelisted" => {
                self.header(case[0].as_str().unwrap_or_default(), case[1].as_str().unwrap_or_default());
            }
            "cors-safelisted-request-headers" | "forbidden-request-headers" => {
                self.header(text(case, "name"), text(case, "value"));
            }
            "cors-safelisted-request-header-bytes" => {
                let value = format!("{}\u{22}{}", text(case, "before"), text(case, "after"));
                self.header(text(case, "name"), &value);
            }
            "cors-unsafe-request-header-names" => self.add("request_headers", header_lines(&case["headers"])),
            "headers-guard" => self.add("request_headers", header_lines(&case["append"])),
            "origins" => self.origin(text(case, "origin")),
            "urls" => self.add("origin", bytes(text(case, "url"))),
            "request-init" | "routes" | "origin-header" => self.add("request", request(&case["request"], &[])),
            "preflight-requests" => self.preflight(case),
            _ => self.response(file, case),
        }
    }

    fn response(&mut self, file: &str, case: &Value) {
        let page = text(case, "origin");
        match file {
            "redirect-taint" => {
                let urls = texts(case, "url_origins").map(|origin| format!("{origin}/")).collect::<Vec<_>>();
                self.add("request", other(page, "", "", "", &urls.join(" ")));
            }
            "max-age" => {
                let lines = named_lines("access-control-max-age", texts(case, "lines"));
                let lines = [&lines[..], b"\naccess-control-allow-origin: *"].concat();
                self.add("preflight_response", [other("", "", "", "", ""), response(200, &lines)].concat());
            }
            "preflight-responses" => {
                let status = case["status"].as_u64().unwrap_or_default();
                let input =
                    [request(&case["request"], &[]), response(status, &header_lines(&case["headers"]))].concat();
                self.add("response", input.clone());
                self.add("preflight_response", input);
            }
            "cors-check" => {
                let allow_origin = named_lines("access-control-allow-origin", texts(case, "allow_origin"));
                let credentials = named_lines("access-control-allow-credentials", texts(case, "allow_credentials"));
                let lines = [allow_origin, credentials].concat();
                let asked = other(page, text(case, "credentials"), text(case, "redirect_taint"), "cors", "");
                self.add("response", [&asked[..], &response(200, &lines)].concat());
                self.add("decide", [&b"GET"[..], &line("origin", page), &response(200, &lines)].concat());
            }
            "filtered-responses" => {
                let asked = other("", text(case, "credentials"), "", text(case, "tainting"), "");
                let status = case["status"].as_u64().unwrap_or_default();
                self.add("response", [asked, response(status, &header_lines(&case["headers"]))].concat());
            }
            "timing-allow-origin" => {
                let lines = named_lines("timing-allow-origin", texts(case, "timing_allow_origin"));
                self.add("response", [request(&case["request"], &[]), response(200, &lines)].concat());
            }
            "cross-origin-resource-policy" => {
                let lines = named_lines("cross-origin-resource-policy", texts(case, "policy"));
                let asked = other(page, "", "", "opaque", &format!("{}/", text(case, "url_origin")));
                self.add("response", [asked, response(200, &lines)].concat());
            }
            _ => self.scenario(case),
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        match &name.to_ascii_lowercase()[..] {
            "content-type" => self.add("mime", bytes(value)),
            "range" => self.add("range", bytes(value)),
            _ => {}
        }
        self.add("request_headers", [name.as_bytes(), b": ", &bytes(value)[..]].concat());
    }

    fn origin(&mut self, origin: &str) {
        self.add("origin", bytes(origin));
        self.add("pattern", bytes(&format!("{origin}\nhttps://*.example\n*\n{origin}")));
        let policy = format!("origin {origin}\ncredentials\nmethod PUT\n\nGET\norigin: {origin}");
        self.add("policy", bytes(&policy));
    }

    fn preflight(&mut self, case: &Value) {
        self.add("request", request(&case["request"], &[]));
        let lines = header_lines(&case["preflight"]["headers"]);
        self.add("decide", [b"OPTIONS", &lines[..]].concat());
        self.add(
            "decide",
            [b"OPTIONS", &lines[..], b"\n\n200\nvary: accept\naccess-control-allow-origin: *\netag: 1"].concat(),
        );
    }

    fn policy(&mut self, policy: &str) {
        let lines = "OPTIONS\norigin: https://a.app.example\naccess-control-request-method: PUT\naccess-control-request-headers: x-a";
        self.add("policy", format!("{policy}\n\n{lines}").into_bytes());
        let json = serde_json::to_vec(&Plain::parse(policy).config()).expect("a policy can be written");
        self.add("policy_json", json);
    }

    /// The fetches, each with the server's responses.
    fn scenario(&mut self, case: &Value) {
        let mut blocks: Vec<Vec<u8>> = Vec::new();
        for (number, fetch) in case["fetches"].as_array().into_iter().flatten().enumerate() {
            let mut flags = vec![format!("wait={}", fetch["wait_ms"].as_u64().unwrap_or_default())];
            flags.extend(fetch["embedder_policy"].as_str().map(str::to_owned));
            blocks.push(request(&fetch["request"], &flags));
            for exchange in fetch["exchanges"].as_array().into_iter().flatten() {
                let when = if exchange["access_control_request_method"].is_string() { "preflight" } else { "actual" };
                let fits = |rule: &&Value| {
                    text(rule, "url") == text(exchange, "url")
                        && rule["when"].as_str().unwrap_or("actual") == when
                        && rule["fetch"].as_u64().is_none_or(|fetch| fetch == number as u64)
                };
                let rule = case["server"].as_array().into_iter().flatten().find(fits).expect("a rule fits");
                let status = rule["status"].as_u64().map_or("none".to_owned(), |status| status.to_string());
                blocks.push([status.into_bytes(), header_lines(&rule["headers"])].concat());
            }
        }
        self.add("driver", blocks.join(&b"\n\n"[..]));
    }
}
