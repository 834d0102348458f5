//! From a request's head to the headers of its response.

use fetch_cors::{
    header::{Headers, PairSink},
    server::Policy,
};

use crate::head::{Line, Output, next_line, read_lines};

/// The most lines that a head may have, before and after.
const LINES: usize = 256;

/// Answers a request: its method, its lines, an empty line, and the lines that its response has so far.
///
/// What comes out is the status of a response to be sent at once, or `---`, and then all lines that the response has now.
pub fn answer(policy: &Policy<'static>, mut input: &[u8], output: &mut [u8]) -> Option<usize> {
    let method = core::str::from_utf8(next_line(&mut input)?).ok()?;
    let mut request = [("", &b""[..]); LINES];
    let count = read_lines(&mut input, &mut request)?;
    let request: &[Line<'_>] = request.get(..count)?;
    let mut rest = input;
    let mut response = [("", &b""[..]); LINES];
    let count = read_lines(&mut rest, &mut response)?;
    let mut response = PairSink::with_headers(&mut response, count);
    let decision = policy.decide(method, Headers::from_pairs(request));
    decision.write(&mut response).ok()?;
    let mut output = Output::new(output);
    match decision.status() {
        Some(status) => output.write_status(status)?,
        None => output.write(b"---")?,
    }
    output.write(b"\n")?;
    output.write_lines(response.pairs())?;
    Some(output.length())
}
