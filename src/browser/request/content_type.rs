//! The types of bodies that `XMLHttpRequest` sends.

use crate::grammar::find_non_token;

// AD-HOC: Chromium's `XMLHttpRequest` sends a blob's type if it is a whole `Content-Type`, every parameter included.
pub(super) fn is_content_type(value: &[u8]) -> bool {
    let Some(mut rest) = after_token(value).and_then(|rest| after(rest, b'/')).and_then(after_token) else {
        return false;
    };
    while !without_blanks(rest).is_empty() {
        let parameter = after(rest, b';').and_then(after_token).and_then(|rest| after(rest, b'='));
        let Some(after_value) = parameter.and_then(|rest| after_quoted_string(rest).or_else(|| after_token(rest)))
        else {
            return false;
        };
        rest = after_value;
    }
    true
}

// AD-HOC: WebKit's `XMLHttpRequest` sends a blob's type if it is a MIME type, whatever its parameters.
pub(super) fn has_mime_type_essence(value: &[u8]) -> bool {
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let mut names = essence.splitn(2, |byte| *byte == b'/');
    let mut next_is_token = || names.next().is_some_and(|name| !name.is_empty() && find_non_token(name).is_none());
    next_is_token() && next_is_token()
}

fn without_blanks(input: &[u8]) -> &[u8] {
    let start = input.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(input.len());
    input.get(start..).unwrap_or_default()
}

fn after(input: &[u8], byte: u8) -> Option<&[u8]> {
    without_blanks(input).strip_prefix(&[byte])
}

fn after_token(input: &[u8]) -> Option<&[u8]> {
    let input = without_blanks(input);
    match find_non_token(input).unwrap_or(input.len()) {
        0 => None,
        end => input.get(end..),
    }
}

fn after_quoted_string(input: &[u8]) -> Option<&[u8]> {
    let mut rest = after(input, b'"')?;
    loop {
        rest = match rest {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', _, rest @ ..] | [_, rest @ ..] => rest,
            [] => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{has_mime_type_essence, is_content_type};

    #[test]
    fn blob_type_is_sent_by_chromium_if_it_parses_as_a_content_type() {
        for sent in ["text/plain", "a/b;c=d", "text/plain ; charset=\"a\\\";b\"", " text/plain;charset=utf-8"] {
            assert!(is_content_type(sent.as_bytes()), "{sent}");
        }
        for dropped in ["", "text", "text/", "text/plain,", "text/plain;", "a/b;c", "a/b;c=\"d", "a/b;c=", "a/b c"] {
            assert!(!is_content_type(dropped.as_bytes()), "{dropped}");
        }
    }

    #[test]
    fn blob_type_is_sent_by_webkit_if_its_essence_is_a_mime_type() {
        for sent in ["text/plain", "a/b ", "text/plain ;charset=x", "a/b;c", "a/b;c=\"d", "a/b;;"] {
            assert!(has_mime_type_essence(sent.as_bytes()), "{sent}");
        }
        for dropped in ["", "a", "a/", "/b", "a/b c", "a/b,", "a /b", "text/(plain)"] {
            assert!(!has_mime_type_essence(dropped.as_bytes()), "{dropped}");
        }
    }
}
