//! Chromium's `Network.CorsError`.

use super::{ConsoleMessage, Parameter};
use crate::{
    browser::{
        error::{ForbiddenBy, NetworkError, Phase, Reason},
        request::RequestMode,
    },
    header::{HeaderName, HeaderValue},
};

impl<'a> NetworkError<'a> {
    /// Chromium's `CorsError`, by which its developer tools know the failure; none where a failure has no such name.
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
            // The network stack stops the local schemes before CORS is asked.
            Reason::RedirectSchemeNotHttp {
                scheme: "about" | "blob" | "data" | "file" | "filesystem" | "view-source",
                ..
            } => return None,
            Reason::RedirectSchemeNotHttp { mode: RequestMode::Cors, .. } => ConsoleMessage::new("CorsDisabledScheme"),
            _ => return None,
        })
    }
}

/// An empty value is not quoted.
fn quoting<'a>(id: &'static str, value: HeaderValue<'a>) -> ConsoleMessage<'a> {
    ConsoleMessage { id, parameter: Some(value).filter(|value| *value != *b"").map(Parameter::Latin1Value) }
}

fn header_disallowed(name: HeaderName<'_>) -> ConsoleMessage<'_> {
    ConsoleMessage::quoting("HeaderDisallowedByPreflightResponse", Parameter::Name(name))
}

/// AD-HOC: whether Chromium's URL parser takes a value for a URL, as far as values without blanks and commas go: it calls
/// a URL that is no origin a mismatch, and other values invalid.
fn is_url(value: &[u8]) -> bool {
    let value = value.trim_ascii_end();
    let value = value.split(u8::is_ascii_control).next().unwrap_or_default();
    let mut parts = value.splitn(2, |byte| *byte == b':');
    let (Some([first, scheme @ ..]), Some(rest)) = (parts.next(), parts.next()) else { return false };
    if !first.is_ascii_alphabetic()
        || !scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    {
        return false;
    }
    let is_special = |special: &[u8]| {
        special
            .split_first()
            .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(first) && rest.eq_ignore_ascii_case(scheme))
    };
    // Whatever stands in it, no header can hold the URL of a file that a page has.
    if is_special(b"filesystem") {
        return false;
    }
    if !["http", "https", "ws", "wss", "ftp"].into_iter().any(|special| is_special(special.as_bytes())) {
        return true;
    }
    let slashes = rest.iter().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    let authority = rest.get(slashes..).unwrap_or_default();
    let authority = authority.split(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).next().unwrap_or_default();
    let host_and_port = authority.rsplit(|byte| *byte == b'@').next().unwrap_or_default();
    let port_at = host_and_port.iter().rposition(|byte| *byte == b':').filter(|_| !host_and_port.ends_with(b"]"));
    let (host, port) = match port_at {
        Some(colon) => host_and_port.split_at_checked(colon).unwrap_or_default(),
        None => (host_and_port, &b""[..]),
    };
    is_host(host) && is_port(port.get(1..).unwrap_or_default())
}

fn is_host(host: &[u8]) -> bool {
    if let [b'[', address @ .., b']'] = host {
        return address.contains(&b':')
            && address.iter().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    }
    !host.is_empty() && !host.iter().any(|byte| byte.is_ascii_control() || b"<>[]^|%\"`{}:".contains(byte))
}

fn is_port(port: &[u8]) -> bool {
    let append = |number: u16, digit: &u8| number.checked_mul(10)?.checked_add(u16::from(digit - b'0'));
    port.iter().all(u8::is_ascii_digit) && port.iter().try_fold(0_u16, append).is_some()
}
