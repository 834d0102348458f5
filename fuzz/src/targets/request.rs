use testkit::compare;

use crate::text;

/// A request, made by an API or arbitrary: how it is fetched, its `Origin`, and its preflight.
pub fn run(data: &[u8]) {
    let Some(block) = text::blocks(data).next() else { return };
    match block.init() {
        Some(init) => compare::init(&init),
        None => compare::route(&block.request()),
    }
}
