//! The exchange that is explained without arguments: everyday mistakes, on both responses.

use fetch_cors::browser::request::CredentialsMode;

use super::{
    args::{Arguments, BodyArgument},
    exchange, heads,
    walk::Verdict,
};

const HEADS: &str = "\
HTTP/1.1 204 No Content
Access-Control-Allow-Origin: *
Access-Control-Allow-Methods: GET, POST, PUT
Access-Control-Allow-Headers: X-Request-Id
Access-Control-Max-Age: 600

HTTP/1.1 200 OK
Content-Type: application/json
X-Total-Count: 1
Access-Control-Allow-Origin: https://app.example/

";

/// The report on a `PUT` of JSON with cookies.
pub fn explain() -> Result<(String, Verdict), String> {
    let arguments = Arguments {
        origin: "https://app.example".into(),
        url: "https://api.example/items/7".into(),
        method: "PUT".into(),
        headers: vec![("Content-Type".into(), b"application/json".into())],
        body: BodyArgument::Text,
        credentials: CredentialsMode::Include,
        ..Arguments::default()
    };
    let (report, verdict) = exchange::explain(&arguments, &heads::parse(HEADS.as_bytes(), "built-in")?)?;
    let call = "A built-in exchange, since there are no arguments; see --help to explain your own. The page's call:\n\n  \
                fetch(\"https://api.example/items/7\", {\n    method: \"PUT\", credentials: \"include\",\n    \
                headers: { \"Content-Type\": \"application/json\" }, body: \"{}\",\n  })\n\nIts answers:\n\n";
    let heads: String = HEADS.trim_end().lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect();
    Ok((format!("{call}{heads}\n{report}"), verdict))
}
