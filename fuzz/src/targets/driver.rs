use testkit::compare::driver;

use crate::{browsers, text};

/// Fetches one after the other, each with its responses, and one cache for all. The standard's profile is compared with
/// the oracle. All profiles must have the properties of every browser.
pub fn run(data: &[u8]) {
    let script = text::script(data);
    driver::play(&script, text::location);
    browsers::play(&script);
}
