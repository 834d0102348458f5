//! Requests in code that is not JavaScript of a page. CORS applies to few of them: those of code that is compiled for browsers.

/// Texts that occur in such code, in lower case, and in no code of a page.
const SIGNS: [&str; 57] = [
    // Java and Kotlin
    "okhttp",
    "request.builder(",
    "retrofit",
    "@get(\"",
    "@post(\"",
    "@put(\"",
    "@delete(\"",
    "httprequest.newbuilder",
    "httpurlconnection",
    "resttemplate",
    "webclient.create",
    "webclient.builder",
    "org.apache.http",
    // C#
    "new httpclient(",
    "httprequestmessage",
    "httpclientfactory",
    "restclient(",
    "webrequest.create",
    ".getfromjsonasync",
    // Ruby
    "net::http",
    "httparty",
    "faraday",
    "rest-client",
    // PHP
    "curl_init(",
    "curl_setopt",
    "guzzlehttp",
    "file_get_contents('http",
    "file_get_contents(\"http",
    "http::get(",
    "http::with",
    "wp_remote_",
    // Python
    "import requests",
    "import httpx",
    "requests.get(",
    "requests.post(",
    "requests.put(",
    "requests.request(",
    "requests.session(",
    "httpx.get(",
    "httpx.post(",
    "httpx.client(",
    "httpx.asyncclient(",
    "uri.parse('http",
    "dio(",
    "urllib.request",
    "aiohttp",
    "scrapy",
    // Go
    "http.newrequest",
    "http.get(\"",
    "http.post(\"",
    // Rust
    "reqwest::",
    "ureq::",
    // Swift
    "urlsession",
    "alamofire",
    // Node.js
    "from 'got'",
    "from \"got\"",
    "require('got')",
];
/// Modules of Node.js that make requests, in lower case.
const MODULES: [&str; 8] = ["got", "node-fetch", "undici", "http", "https", "node:http", "node:https", "needle"];

/// The most bytes of a line that are searched.
const LINE: usize = 400;

/// Whether a line of another form makes a request, or loads a module that does.
pub(super) fn is_of_program(line: &[u8]) -> bool {
    let line = line.get(..LINE).unwrap_or(line).to_ascii_lowercase();
    let has = |sign: &str| line.windows(sign.len()).any(|window| window == sign.as_bytes());
    SIGNS.iter().any(|sign| has(sign)) || loads(&line)
}

/// Whether a line in lower case loads a module of Node.js that makes requests: `require('got')`, `from "got"`.
fn loads(line: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(line) else { return false };
    let is_module = |rest: &str| {
        let rest = rest.trim_start_matches(['(', ' ']);
        let quoted = rest.strip_prefix(['\'', '"']).and_then(|rest| rest.split(['\'', '"']).next());
        quoted.is_some_and(|module| MODULES.contains(&module))
    };
    ["require(", "from ", "import("].iter().any(|load| text.split(load).skip(1).any(is_module))
}

/// Whether code of a page would not load this: a module that stands in for what browsers have.
pub(crate) fn replaces_fetch(line: &[u8]) -> bool {
    let line = line.get(..LINE).unwrap_or(line).to_ascii_lowercase();
    loads(&line)
}
