use testkit::compare::request_header_list;

use crate::text;

/// Lines of `name: value`, as a page sets them.
pub fn run(data: &[u8]) {
    request_header_list(&text::headers(data));
}
