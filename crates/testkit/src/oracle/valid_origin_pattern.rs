//! Which texts are valid origin patterns.

use super::origin_pattern::{is_special, parts};

/// Whether DNS can have a host of this name, and it contains no stray quotes or variables.
fn is_name(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let label = |label: &str| !label.is_empty() && label.len() <= 63 && !label.contains(|c| "\"'`$(){},;".contains(c));
    host.len() <= 253 && name.split('.').all(label)
}

/// Whether `text` is a pattern: with a letter for its wildcard, and without `:*`, it is an origin that browsers send.
pub fn is_pattern(text: &str) -> bool {
    if ["*", "null", "file://"].contains(&text) {
        return true;
    }
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let (host, port) = match authority.strip_suffix(":*") {
        Some(host) => (host, ""),
        None => authority
            .rfind(':')
            .filter(|at| !authority[*at..].contains(']'))
            .map_or((authority, ""), |at| authority.split_at(at)),
    };
    if authority.ends_with(":*") && host.contains(':') && !host.ends_with(']') {
        return false;
    }
    let good_host = match host.split_once('*') {
        Some(("", "")) => !is_special(scheme),
        Some(("", after)) if after.starts_with('.') => after.len() > 1,
        // At least two labels must follow the first one.
        Some((before, after)) => {
            let parent = after.split_once('.').map_or("", |(_, parent)| parent);
            !before.contains('.') && parent.strip_suffix('.').unwrap_or(parent).contains('.')
        }
        None => true,
    };
    let example = host.replacen('*', "a", 1);
    let addressed = host.contains('*') && example.contains('[');
    let origin = format!("{scheme}://{example}{port}");
    good_host
        && !addressed
        && text.len() <= 326
        && parts(&origin).is_some()
        && (example.starts_with('[') || is_name(&example))
}
