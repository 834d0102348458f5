use testkit::compare;

use crate::text;

/// A request: that which an API makes, or any; how it is fetched; `Origin`; the preflight.
pub fn run(data: &[u8]) {
    let Some(block) = text::blocks(data).next() else { return };
    match block.init() {
        Some(init) => compare::init(&init),
        None => compare::route(&block.request()),
    }
}
