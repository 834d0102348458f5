use testkit::compare;

use crate::text;

/// A request and its response: the CORS, TAO and cross-origin resource policy checks, the headers that a script can
/// read, and the redirect.
pub fn run(data: &[u8]) {
    let mut blocks = text::blocks(data);
    if let (Some(asked), Some(response)) = (blocks.next(), blocks.next()) {
        compare::response(&asked.request(), response.status().unwrap_or(200), &response.lines);
        compare::header_list(&response.lines);
    }
}
