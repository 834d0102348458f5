//! Which texts are patterns of origins.

use super::origin_pattern::parts;

/// Whether the last label of a host makes it an IPv4 address to a URL parser.
///
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
fn ends_in_a_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap();
    let hex = |digits: &str| digits.chars().all(|c| c.is_ascii_hexdigit());
    last.chars().all(|c| c.is_ascii_digit()) || last.strip_prefix("0x").is_some_and(hex)
}

/// Whether `text` is a pattern: with a label for `*.` and without `:*` it is an origin that browsers send.
pub fn is_pattern(text: &str) -> bool {
    if text == "*" || text == "null" {
        return true;
    }
    let subdomains = text.replacen("://*.", "://a.", 1);
    let any_port = subdomains.strip_suffix(":*");
    let Some((_, host, port)) = parts(any_port.unwrap_or(&subdomains)) else { return false };
    if any_port.is_some() && !port.is_empty() {
        return false;
    }
    let ipv4 = host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.to_string() == host);
    text.len() <= 326 && (!ends_in_a_number(&host) || ipv4 && subdomains == text)
}
