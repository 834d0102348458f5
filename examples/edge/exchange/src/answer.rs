//! From a request's head to the headers of its response.

use fetch_cors::{
    header::{Headers, PairSink},
    server::Policy,
};

use crate::head::{Line, Output, next_line, read_lines};

/// How many lines the head of a request or of a response may have, the CORS headers included.
const LINES: usize = 256;

/// Reads `input`: the method, the lines of the request, an empty line, and the lines that the response has so far.
///
/// Writes into `output`: the status to answer with at once, or `---` if the application answers; then all lines of the response.
/// Returns how many bytes it wrote, or `None` if `input` cannot be read or `output` is too small.
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
