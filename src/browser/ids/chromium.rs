//! Chromium's `Network.CorsError`.

use super::{ConsoleMessage, Parameter};
use crate::{
    browser::{
        error::{ForbiddenBy, NetworkError, Phase, Reason},
        request::RequestMode,
    },
    header::{CombinedValue, HeaderName},
};

impl<'a> NetworkError<'a> {
    /// Chromium's `CorsError`, by which its developer tools name the failure; `None` if it has no such name.
    ///
    /// <https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-CorsError>
    pub fn chromium_cors_error(&self) -> Option<ConsoleMessage<'a>> {
        let by_phase = |preflight, response| if self.phase == Phase::Preflight { preflight } else { response };
        let missing = by_phase("PreflightMissingAllowOriginHeader", "MissingAllowOriginHeader");
        let wildcard = by_phase("PreflightWildcardOriginNotAllowed", "WildcardOriginNotAllowed");
        let multiple = by_phase("PreflightMultipleAllowOriginValues", "MultipleAllowOriginValues");
        let invalid = by_phase("PreflightInvalidAllowOriginValue", "InvalidAllowOriginValue");
        let mismatch = by_phase("PreflightAllowOriginMismatch", "AllowOriginMismatch");
        let credentials = by_phase("PreflightInvalidAllowCredentials", "InvalidAllowCredentials");
        Some(match self.reason {
            Reason::AllowOriginMissing => ConsoleMessage::new(missing),
            Reason::AllowOriginWildcardWithCredentials => ConsoleMessage::new(wildcard),
            Reason::AllowOriginMultiple { value, .. } => quoting(multiple, value),
            Reason::AllowOriginInvalid { value } if value.single().is_some_and(is_url) => quoting(mismatch, value),
            Reason::AllowOriginInvalid { value } => quoting(invalid, value),
            Reason::AllowOriginMismatch { value, .. } => quoting(mismatch, value),
            Reason::AllowCredentialsNotTrue { value: Some(value) } => quoting(credentials, value),
            Reason::AllowCredentialsNotTrue { value: None } => ConsoleMessage::new(credentials),
            Reason::PreflightStatusNotOk { .. } => ConsoleMessage::new("PreflightInvalidStatus"),
            Reason::PreflightRedirected { .. } => ConsoleMessage::new("PreflightDisallowedRedirect"),
            Reason::AllowMethodsUnparsable(_) => ConsoleMessage::new("InvalidAllowMethodsPreflightResponse"),
            Reason::AllowHeadersUnparsable(_) => ConsoleMessage::new("InvalidAllowHeadersPreflightResponse"),
            Reason::MethodNotAllowed { method, .. } => {
                ConsoleMessage::quoting("MethodDisallowedByPreflightResponse", Parameter::Method(method))
            }
            Reason::HeaderNotAllowed { name, .. } => header_disallowed(name),
            Reason::AuthorizationNotAllowed { .. } => header_disallowed(HeaderName::AUTHORIZATION),
            Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Standard } => {
                ConsoleMessage::new("RedirectContainsCredentials")
            }
            // The network stack blocks the local schemes before it checks CORS.
            Reason::RedirectSchemeNotHttp { scheme, .. } if LOCAL_SCHEMES.contains(&scheme) => return None,
            Reason::RedirectSchemeNotHttp { mode: RequestMode::Cors, .. } => ConsoleMessage::new("CorsDisabledScheme"),
            _ => return None,
        })
    }
}

/// The schemes of URLs that a page on the network may not be redirected to.
const LOCAL_SCHEMES: [&str; 12] = [
    "about",
    "blob",
    "chrome",
    "chrome-extension",
    "chrome-search",
    "chrome-untrusted",
    "data",
    "devtools",
    "file",
    "filesystem",
    "isolated-app",
    "view-source",
];

/// Chromium does not quote an empty value.
fn quoting<'a>(id: &'static str, value: CombinedValue<'a>) -> ConsoleMessage<'a> {
    ConsoleMessage { id, parameter: Some(value).filter(|value| *value != *b"").map(Parameter::Latin1Value) }
}

fn header_disallowed(name: HeaderName<'_>) -> ConsoleMessage<'_> {
    ConsoleMessage::quoting("HeaderDisallowedByPreflightResponse", Parameter::Name(name))
}

// AD-HOC: whether Chromium's URL parser accepts a value, for values without blanks and commas. Chromium calls a URL that is not
// an origin a mismatch, and any other value invalid. Its parser removes control characters at both ends, and tabs anywhere.
fn is_url(value: &[u8]) -> bool {
    let value = trim_controls(value);
    let Some((scheme, [_, rest @ ..])) = split_at(value, |byte| byte == b':') else { return false };
    let letters = without_tabs(scheme);
    let mut others = letters.clone();
    if !others.next().is_some_and(|first| first.is_ascii_alphabetic())
        || !others.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    {
        return false;
    }
    let is = |name: &str| letters.clone().map(|letter| letter.to_ascii_lowercase()).eq(name.bytes());
    // The URL of a page's file cannot be in a header, so its content does not matter.
    if is("filesystem") {
        return false;
    }
    if is("file") {
        let host = rest.strip_prefix(b"//").map_or(&[][..], authority);
        return host.is_empty() || is_host(host);
    }
    if !["http", "https", "ws", "wss", "ftp"].into_iter().any(is) {
        return true;
    }
    let slashes = rest.iter().take_while(|byte| matches!(byte, b'/' | b'\\' | b'\t')).count();
    let authority = authority(rest.get(slashes..).unwrap_or_default());
    let host_and_port = authority.rsplit(|byte| *byte == b'@').next().unwrap_or_default();
    let port_at = host_and_port.iter().rposition(|byte| *byte == b':').filter(|_| !host_and_port.ends_with(b"]"));
    let (host, port) = match port_at {
        Some(colon) => host_and_port.split_at_checked(colon).unwrap_or_default(),
        None => (host_and_port, &b""[..]),
    };
    is_host(host) && is_port(port.get(1..).unwrap_or_default())
}

fn trim_controls(mut value: &[u8]) -> &[u8] {
    while let [..=b' ', rest @ ..] | [rest @ .., ..=b' '] = value {
        value = rest;
    }
    value
}

fn without_tabs(bytes: &[u8]) -> impl Iterator<Item = u8> + Clone {
    bytes.iter().copied().filter(|byte| *byte != b'\t')
}

/// The bytes before the first that `is_end` selects, and the rest.
fn split_at(bytes: &[u8], is_end: fn(u8) -> bool) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(bytes.iter().position(|byte| is_end(*byte))?)
}

fn authority(after_slashes: &[u8]) -> &[u8] {
    split_at(after_slashes, |byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).map_or(after_slashes, |(start, _)| start)
}

fn is_host(host: &[u8]) -> bool {
    if let [b'[', address @ .., b']'] = host {
        return address.contains(&b':')
            && address.iter().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    }
    let mut bytes = without_tabs(host);
    bytes.clone().next().is_some()
        && !bytes.any(|byte| byte.is_ascii_control() || b"<>[]^|%\"`{}:".contains(&byte))
        && core::str::from_utf8(host).is_ok()
}

fn is_port(port: &[u8]) -> bool {
    let append = |number: u16, digit: u8| number.checked_mul(10)?.checked_add(u16::from(digit - b'0'));
    let mut digits = without_tabs(port);
    digits.clone().all(|byte| byte.is_ascii_digit()) && digits.try_fold(0_u16, append).is_some()
}
