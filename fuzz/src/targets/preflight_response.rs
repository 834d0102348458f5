use testkit::compare;

use crate::text;

/// A request and the response to its preflight: the grant and its lifetime, or the step that fails.
pub fn run(data: &[u8]) {
    let mut blocks = text::blocks(data);
    if let (Some(asked), Some(response)) = (blocks.next(), blocks.next()) {
        compare::preflight_response(&asked.request(), response.status().unwrap_or(200), &response.lines);
    }
}
