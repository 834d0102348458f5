//! Text cut at ASCII characters.
//!
//! The standard library's searches contain panics that compilers do not prove unreachable. These have none.

#[cfg(feature = "browser")]
use super::has_byte;

/// The text before the first of these characters, which are ASCII; the whole text if it has none of them.
#[cfg(feature = "browser")]
pub(crate) fn until<'a>(text: &'a str, ends: &[u8]) -> &'a str {
    find(text, ends).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The text before the first of these characters, and the rest with that character.
#[cfg(feature = "browser")]
pub(crate) fn split_before<'a>(text: &'a str, ends: &[u8]) -> (&'a str, &'a str) {
    find(text, ends).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// The text before and after the first `separator`.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(separator.len().max(1)).position(|window| is(window, separator))?;
    around(text, at, separator)
}

/// The text before and after the last `separator`.
#[cfg(feature = "browser")]
pub(crate) fn rsplit_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(separator.len().max(1)).rposition(|window| is(window, separator))?;
    around(text, at, separator)
}

// OPTIMIZATION: most windows differ in the first byte, so few are compared as a whole. The result is the same.
fn is(window: &[u8], separator: &str) -> bool {
    window.first() == separator.as_bytes().first() && window == separator.as_bytes()
}

fn around<'a>(text: &'a str, at: usize, separator: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.strip_prefix(separator)?))
}

#[cfg(feature = "browser")]
fn find(text: &str, ends: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| has_byte(ends, byte))
}

#[cfg(all(test, feature = "browser"))]
mod tests {
    use super::*;

    #[test]
    fn str_split_agrees_with_the_standard_library() {
        for text in ["", ":", "a", "a://b", "://", "a:b://c://d", "\u{fc}?\u{fc}#?", "#\u{1f600}", ":/", "a//"] {
            for separator in ["://", ":", "?"] {
                assert_eq!(split_once(text, separator), text.split_once(separator), "{text}");
                assert_eq!(rsplit_once(text, separator), text.rsplit_once(separator), "{text}");
            }
            assert_eq!(Some(until(text, b"?#")), text.split(['?', '#']).next(), "{text}");
            let (before, after) = split_before(text, b"?#");
            assert_eq!((before, before.len() + after.len()), (until(text, b"?#"), text.len()), "{text}");
        }
    }
}
