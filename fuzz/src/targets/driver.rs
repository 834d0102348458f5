use crate::{driver::play, text};

/// Fetches one after the other, each with the responses that come, and one cache for all.
pub fn run(data: &[u8]) {
    play(&text::script(data), text::location);
}
