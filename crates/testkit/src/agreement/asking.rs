//! Which headers of a request need a preflight: the standard's safelist as plain rules, with the browsers' differences.

use super::browsers::Browser;

/// A header as it is sent. Its name is in lower case.
pub type Sent = (String, Vec<u8>);

/// Whether a header needs no preflight.
fn is_safe(name: &str, value: &[u8], browser: Browser) -> bool {
    let strange = |byte: &u8| b"\"():<>?@[\\]{}\x7F".contains(byte) || *byte < b' ' && *byte != b'\t';
    let above_ascii = browser == Browser::Firefox && !value.is_ascii();
    let safe = match name {
        "accept" => !value.iter().any(strange) && !above_ascii,
        "accept-language" | "content-language" => {
            value.iter().all(|byte| byte.is_ascii_alphanumeric() || b" *,-.;=".contains(byte))
        }
        "content-type" => !value.iter().any(strange) && !above_ascii && is_form(value, browser),
        "range" => is_range(value, browser),
        // Client hints.
        "save-data" => browser == Browser::Chromium && value.eq_ignore_ascii_case(b"on"),
        _ => false,
    };
    safe && value.len() <= 128
}

/// Whether this is a type that a form can send.
fn is_form(value: &[u8], browser: Browser) -> bool {
    let text = String::from_utf8_lossy(value).to_lowercase();
    let essence = text.split(';').next().unwrap_or_default().trim();
    let known = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(&essence);
    known && !(browser == Browser::Firefox && text.contains(','))
}

/// Whether this is a single range with a start.
fn is_range(value: &[u8], browser: Browser) -> bool {
    let text = String::from_utf8_lossy(value);
    let text = if browser == Browser::WebKit { text.to_lowercase() } else { text.into_owned() };
    let Some((start, end)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return false };
    let number = |text: &str| {
        let text = if browser == Browser::WebKit { text.strip_prefix('+').unwrap_or(text) } else { text };
        text.parse::<u128>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let Some(start) = number(start) else { return false };
    let Some(end) = (if end.is_empty() { Some(u128::MAX) } else { number(end) }) else { return false };
    let below = |number| browser.range_limit().is_none_or(|limit| number < limit);
    start <= end && below(start) && (end == u128::MAX || below(end))
}

/// The names of the headers that need a preflight, in order. In Firefox a name occurs once for each line.
pub fn names_to_ask_for(headers: &[Sent], combined: bool, browser: Browser) -> Vec<String> {
    let mut lines: Vec<Sent> = Vec::new();
    for (name, value) in headers {
        match lines.iter_mut().find(|line| line.0 == *name) {
            Some(line) if combined || browser.combines_doubles() => line.1 = [&line.1, &b", "[..], value].concat(),
            _ => lines.push((name.clone(), value.clone())),
        }
    }
    let (safe, mut asked): (Vec<Sent>, Vec<Sent>) =
        lines.into_iter().partition(|(name, value)| is_safe(name, value, browser));
    if browser.limits_total() && safe.iter().map(|line| line.1.len()).sum::<usize>() > 1024 {
        asked.extend(safe);
    }
    let mut names: Vec<String> = asked.into_iter().map(|line| line.0).collect();
    names.sort();
    if combined || browser != Browser::Firefox {
        names.dedup();
    }
    names
}
