//! A line of a session of Python, before what it prints: `>>> response = requests.options('https://api.example/items')`.

use crate::exchange::RequestLine;

const CALLS: [&str; 4] = ["requests.", "httpx.", "session.", "client."];
const METHODS: [&str; 7] = ["get", "options", "post", "put", "patch", "delete", "head"];
/// The longest line, in bytes.
const LINE: usize = 4096;

/// What a line asks for. Its other arguments are not read, so it says what is answered and not what the page requests.
pub(crate) fn asked(line: &[u8]) -> Option<RequestLine> {
    let line = core::str::from_utf8(line).ok().filter(|line| line.len() < LINE)?;
    let call = CALLS.iter().find_map(|call| line.split_once(call).map(|(_, call)| call))?;
    let (method, arguments) = call.split_once('(')?;
    let quote = arguments.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let url = arguments.get(1..)?.split(quote).next()?;
    let is_request = METHODS.contains(&method) && url.contains("://");
    is_request.then(|| RequestLine { method: method.to_ascii_uppercase(), url: Some(url.to_owned()) })
}
