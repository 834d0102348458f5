//! The built-in example: common mistakes, in both responses.

use fetch_cors::browser::request::CredentialsMode;

use super::{Arguments, input::Input, report};
use crate::{BadInput, report::Report};

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

const CALL: &str = "\
A built-in exchange; see `cors explain --help` to explain your own. The page's call:

  fetch(\"https://api.example/items/7\", {
    method: \"PUT\", credentials: \"include\",
    headers: { \"Content-Type\": \"application/json\" }, body: \"{}\",
  })

Its answers:

";

/// The report on a `PUT` of JSON with cookies, by the rules of the command line.
pub fn explain(given: &Arguments) -> Result<Report, BadInput> {
    let arguments = Arguments {
        origin: Some("https://app.example".into()),
        method: Some("PUT".into()),
        headers: vec![("Content-Type".into(), b"application/json".into())],
        body: Some("{}".into()),
        credentials: Some(CredentialsMode::Include),
        ..given.clone()
    };
    let mut input = Input::default();
    input.add("built-in", HEADS.as_bytes())?;
    report(&arguments, Some("https://api.example/items/7"), &input)
}

/// The example's exchange, for people.
pub fn introduction() -> String {
    let heads = HEADS.trim_end().lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n");
    format!("{CALL}{}\n", heads.collect::<String>())
}
