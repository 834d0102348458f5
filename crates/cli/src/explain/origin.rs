//! Origins, as people write them.

use fetch_cors::origin::Origin;

/// Parses the origin of `--origin`.
pub fn parse(given: &str) -> Result<Origin<'_>, String> {
    let text = given;
    Origin::parse(given).map_err(|error| {
        if text.starts_with("file:") {
            return format!(
                "`--origin {text}`: browsers send `null` for a page of a file, so use `null`; old web views send \
                 `file://`, which is not an origin, and which a server must compare as text"
            );
        }
        // A host and a port look like a scheme and a path.
        let text_with_scheme = if text.contains("://") || text == "null" { text.to_owned() } else { with_scheme(text) };
        let text = &*text_with_scheme;
        let origin = url::Url::parse(text).map(|url| url.origin().ascii_serialization());
        let meant = match origin {
            Ok(origin) if origin != "null" => format!("; is it `{origin}`?"),
            _ => String::new(),
        };
        format!("`--origin {given}`: {error}{meant}")
    })
}

/// A host as an origin. Hosts of this machine are usually served without TLS.
fn with_scheme(host: &str) -> String {
    let name = host.split([':', '/']).next().unwrap_or_default();
    let local = name == "localhost" || name.parse::<core::net::Ipv4Addr>().is_ok();
    format!("{}://{host}", if local { "http" } else { "https" })
}
