use testkit::compare::driver;

use crate::{browsers, text};

/// Fetches one after the other, each with the responses that come, and one cache for all: by the standard as the oracle
/// does it, and in all browsers as none of them may leave it.
pub fn run(data: &[u8]) {
    let script = text::script(data);
    driver::play(&script, text::location);
    browsers::play(&script);
}
