//! Turns vectors of `spec-vectors/` into tables, for targets without a file system.

use std::{env, fmt::Write, fs, path::Path};

use serde_json::Value;

fn main() {
    let mut tables = String::new();
    table(&mut tables, "routes.json", "ROUTES: &[Route]", |case| {
        let reasons = &case["reasons"];
        let names = reasons["headers"].as_array().map(|names| names.iter().map(text).collect::<Vec<_>>().join(","));
        format!(
            "Route {{ id: {}, asked: {}, route: {}, error: {}, flag: {}, method: {}, names: {:?} }}",
            text(&case["id"]),
            asked(&case["request"]),
            optional(&case["route"]),
            optional(&case["error"]),
            reasons["flag"].as_bool().unwrap_or_default(),
            reasons["method"].as_bool().unwrap_or_default(),
            names.unwrap_or_default().replace('"', ""),
        )
    });
    table(&mut tables, "preflight-responses.json", "PREFLIGHT_RESPONSES: &[PreflightResponse]", |case| {
        format!(
            "PreflightResponse {{ id: {}, asked: {}, status: {}, headers: {}, error: {} }}",
            text(&case["id"]),
            asked(&case["request"]),
            case["status"],
            pairs(&case["headers"]),
            optional(&case["error"]),
        )
    });
    table(&mut tables, "cors-check.json", "CORS_CHECKS: &[CorsCheck]", |case| {
        let mut headers = String::new();
        for (name, lines) in
            [("allow-origin", &case["allow_origin"]), ("allow-credentials", &case["allow_credentials"])]
        {
            for line in lines.as_array().into_iter().flatten() {
                write!(headers, "(\"access-control-{name}\", {}), ", bytes(line)).unwrap();
            }
        }
        format!(
            "CorsCheck {{ id: {}, origin: {}, credentials: {}, redirect_taint: {}, headers: &[{headers}], failed_step: {} }}",
            text(&case["id"]),
            text(&case["origin"]),
            text(&case["credentials"]),
            or(&case["redirect_taint"], "same-origin"),
            optional(&case["failed_step"]),
        )
    });
    table(&mut tables, "origins.json", "ORIGINS: &[OriginCase]", |case| {
        format!(
            "OriginCase {{ id: {}, text: {}, bytes: {}, origin_header: {}, url_origin: {} }}",
            text(&case["id"]),
            text(&case["origin"]),
            bytes(&case["origin"]),
            case["origin_header"],
            case["url_origin"],
        )
    });
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("tables.rs"), tables).expect("it can be written");
}

fn table(tables: &mut String, file: &str, declaration: &str, row: impl Fn(&Value) -> String) {
    let path = Path::new("../../spec-vectors").join(file);
    println!("cargo:rerun-if-changed={}", path.display());
    let json = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{file}: {error}"));
    writeln!(tables, "static {declaration} = &[").unwrap();
    for case in &cases {
        writeln!(tables, "    {},", row(case)).unwrap();
    }
    writeln!(tables, "];").unwrap();
}

/// The description of a request. `spec-vectors/README.md` has the defaults of missing members.
fn asked(request: &Value) -> String {
    format!(
        "Asked {{ api: {}, origin: {}, url: {}, method: {}, headers: {}, body: {}, mode: {}, credentials: {}, \
         redirect: {}, blob_url_entry: {}, upload_listener: {}, unsafe_request: {}, redirect_taint: {}, response_tainting: {} }}",
        or(&request["api"], "fetch"),
        or(&request["origin"], "https://page.example"),
        or(&request["url"], "https://api.example/"),
        or(&request["method"], "GET"),
        pairs(&request["headers"]),
        optional(&request["body"]),
        or(&request["mode"], "cors"),
        or(&request["credentials"], "same-origin"),
        or(&request["redirect"], "follow"),
        request["blob_url_entry"].as_bool().unwrap_or_default(),
        request["upload_listener"].as_bool().unwrap_or_default(),
        request["unsafe_request"].as_bool().unwrap_or_default(),
        or(&request["redirect_taint"], "same-origin"),
        or(&request["response_tainting"], "basic"),
    )
}

fn text(value: &Value) -> String {
    format!("{:?}", value.as_str().expect("a string"))
}

fn or(value: &Value, default: &str) -> String {
    format!("{:?}", value.as_str().unwrap_or(default))
}

fn optional(value: &Value) -> String {
    format!("{:?}", value.as_str())
}

/// A byte string: the character U+00XX is the byte XX.
fn bytes(value: &Value) -> String {
    let bytes = value.as_str().expect("a string").chars().map(|character| u8::try_from(u32::from(character)));
    let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().expect("a byte string");
    format!("b\"{}\"", bytes.escape_ascii())
}

fn pairs(headers: &Value) -> String {
    let headers = headers.as_array().map(Vec::as_slice).unwrap_or_default();
    let pairs: Vec<String> =
        headers.iter().map(|header| format!("({}, {})", text(&header[0]), bytes(&header[1]))).collect();
    format!("&[{}]", pairs.join(", "))
}
