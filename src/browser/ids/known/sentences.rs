//! From the sentences that consoles print to their ids.

use super::{
    KnownMessage, MessageOf,
    messages::MESSAGES,
    plain::{holds, starts_with},
    starts::Places,
};

/// Chromium prints this for a response to a preflight, and has ids of their own for such failures.
const OF_PREFLIGHT: &str = "Response to preflight request doesn't pass access control check";

/// The message of a console line: that of the longest id or sentence in the line.
///
/// A sentence without a reason counts only if no other is found.
pub(super) fn message_of(line: &str) -> Option<&'static KnownMessage> {
    let mut best: Option<(u8, usize, &'static KnownMessage)> = None;
    let mut places = Places::new(line);
    while let Some(here) = places.next() {
        for (piece, of, id) in pieces() {
            let known = if starts_with(&here, piece).is_none() { None } else { message(of, id) };
            let Some(known) = known else { continue };
            let found = (rank(known), piece.len(), known);
            if best.is_none_or(|(rank, length, _)| (found.0, found.1) > (rank, length)) {
                best = Some(found);
            }
        }
    }
    let (_, _, known) = best?;
    let of_preflight = PREFLIGHT.iter().find(|(response, _)| *response == known.id && known.of == MessageOf::Chromium);
    match of_preflight.filter(|_| holds(line, OF_PREFLIGHT)) {
        Some((_, preflight)) => message(MessageOf::Chromium, preflight),
        None => Some(known),
    }
}

/// The message of this id.
pub(super) fn message(of: MessageOf, id: &str) -> Option<&'static KnownMessage> {
    MESSAGES.iter().find(|known| known.of == of && known.id == id)
}

/// The pieces of text that identify messages, without a full stop at the end. Ids come first.
fn pieces() -> impl Iterator<Item = (&'static str, MessageOf, &'static str)> {
    let ids = MESSAGES.iter().map(|known| (known.id.strip_suffix('.').unwrap_or(known.id), known.of, known.id));
    let chromium = CHROMIUM.iter().map(|(piece, id)| (*piece, MessageOf::Chromium, *id));
    let firefox = FIREFOX.iter().map(|(piece, id)| (*piece, MessageOf::Firefox, *id));
    let webkit = WEBKIT.iter().map(|(piece, id)| (*piece, MessageOf::WebKit, *id));
    ids.chain(chromium).chain(firefox).chain(webkit)
}

/// The sentences that are not ids, by browser.
pub(super) const SENTENCES: [&[(&str, &str)]; 3] = [CHROMIUM, FIREFOX, WEBKIT];

/// How specific a message is: least a script's error, then a message without a reason.
fn rank(known: &KnownMessage) -> u8 {
    match known.code {
        "script-error" => 0,
        "reason-elsewhere" => 1,
        _ => 2,
    }
}

/// Chromium's ids of failures that both responses may have.
const PREFLIGHT: &[(&str, &str)] = &[
    ("MissingAllowOriginHeader", "PreflightMissingAllowOriginHeader"),
    ("WildcardOriginNotAllowed", "PreflightWildcardOriginNotAllowed"),
    ("MultipleAllowOriginValues", "PreflightMultipleAllowOriginValues"),
    ("InvalidAllowOriginValue", "PreflightInvalidAllowOriginValue"),
    ("AllowOriginMismatch", "PreflightAllowOriginMismatch"),
    ("InvalidAllowCredentials", "PreflightInvalidAllowCredentials"),
];

/// Pieces of sentences of Chromium, current and earlier ones, with their ids.
///
/// <https://chromium.googlesource.com/chromium/src/+/main/third_party/blink/renderer/platform/loader/cors/cors_error_string.cc>
const CHROMIUM: &[(&str, &str)] = &[
    ("Cross origin requests are not allowed by request mode.", "DisallowedByMode"),
    ("The response is invalid.", "InvalidResponse"),
    ("header in the response must not be the wildcard '*'", "WildcardOriginNotAllowed"),
    ("No 'Access-Control-Allow-Origin' header is present", "MissingAllowOriginHeader"),
    ("'Access-Control-Allow-Origin' header contains multiple values", "MultipleAllowOriginValues"),
    ("'Access-Control-Allow-Origin' header contains the invalid value", "InvalidAllowOriginValue"),
    ("that is not equal to the supplied origin", "AllowOriginMismatch"),
    ("The value of the 'Access-Control-Allow-Credentials' header in the response is", "InvalidAllowCredentials"),
    ("Cross origin requests are only supported for protocol schemes", "CorsDisabledScheme"),
    ("It does not have HTTP ok status", "PreflightInvalidStatus"),
    ("Redirect is not allowed for a preflight request", "PreflightDisallowedRedirect"),
    ("Cannot parse Access-Control-Allow-Methods response header", "InvalidAllowMethodsPreflightResponse"),
    ("Cannot parse Access-Control-Allow-Headers response header", "InvalidAllowHeadersPreflightResponse"),
    ("is not allowed by Access-Control-Allow-Methods in preflight response", "MethodDisallowedByPreflightResponse"),
    ("is not allowed by Access-Control-Allow-Headers in preflight response", "HeaderDisallowedByPreflightResponse"),
    ("contains a username and password, which is disallowed", "RedirectContainsCredentials"),
    ("Permission was denied for this request to access the", "LocalNetworkAccessPermissionDenied"),
    ("The request client is not a secure context and the resource is in more-private", "InsecureLocalNetwork"),
    ("Request had a target IP address space of", "InvalidLocalNetworkAccess"),
    ("Response for preflight is invalid (redirect)", "PreflightDisallowedRedirect"),
    ("which is disallowed for cross-origin requests that require preflight", "PreflightDisallowedRedirect"),
    ("Response for preflight has invalid HTTP status code", "PreflightInvalidStatus"),
    ("Invalid HTTP status code", "PreflightInvalidStatus"),
    ("A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header", "WildcardOriginNotAllowed"),
    ("Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header", "InvalidAllowCredentials"),
    ("has a disallowed scheme for cross-origin requests", "CorsDisabledScheme"),
    ("containing userinfo, which is disallowed for cross-origin requests", "RedirectContainsCredentials"),
    ("Received an invalid response. Origin", "InvalidResponse"),
    ("Invalid response. Origin", "InvalidResponse"),
    ("The 'Access-Control-Allow-Origin' header has a value", "AllowOriginMismatch"),
    ("Request had no target IP address space, yet the resource is in address space", "InvalidLocalNetworkAccess"),
    ("No 'Access-Control-Allow-Private-Network' header was present", "PreflightMissingAllowPrivateNetwork"),
    (
        "The 'Access-Control-Allow-Private-Network' header in the preflight response",
        "PreflightInvalidAllowPrivateNetwork",
    ),
    ("but the URL's origin is not same as the request origin", "DisallowedByMode"),
    ("is 'no-cors' but the redirect mode is not", "NoCorsRedirectModeNotFollow"),
    ("Request requires preflight, which is disallowed to follow cross-origin redirect", "PreflightDisallowedRedirect"),
    // The starts of sentences, for lines that are cut off.
    ("has been blocked by CORS policy: Request header field", "HeaderDisallowedByPreflightResponse"),
    ("has been blocked by CORS policy: Method", "MethodDisallowedByPreflightResponse"),
    ("has been blocked by CORS policy: Cross origin requests are only supported", "CorsDisabledScheme"),
    ("because an ancestor violates the following Content Security Policy directive", "Refused to display"),
    ("The request client is not a secure context", "InsecureLocalNetwork"),
    // As the list of requests shows it.
    (
        "blocked:NotSameOriginAfterDefaultedToSameOriginByCoep",
        "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep",
    ),
    ("blocked:NotSameOrigin", "ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"),
    ("blocked:NotSameSite", "ERR_BLOCKED_BY_RESPONSE.NotSameSite"),
    ("blocked:other", "ERR_BLOCKED_BY_CLIENT"),
    ("No 'Access-Control-Allow-External' header was present", "PreflightMissingAllowExternal"),
];

/// Pieces of sentences of Firefox, with their ids.
///
/// <https://searchfox.org/mozilla-central/source/dom/locales/en-US/chrome/security/security.properties>
const FIREFOX: &[(&str, &str)] = &[
    ("Reason: CORS disabled", "CORSDisabled"),
    ("Reason: CORS request did not succeed", "CORSDidNotSucceed"),
    ("Reason: CORS header 'Origin' cannot be added", "CORSOriginHeaderNotAdded"),
    ("Reason: CORS request external redirect not allowed", "CORSExternalRedirectNotAllowed"),
    ("Reason: CORS request not http", "CORSRequestNotHttp"),
    ("Reason: CORS header 'Access-Control-Allow-Origin' missing", "CORSMissingAllowOrigin"),
    ("Reason: Multiple CORS header 'Access-Control-Allow-Origin' not allowed", "CORSMultipleAllowOriginNotAllowed"),
    ("Reason: CORS header 'Access-Control-Allow-Origin' does not match", "CORSAllowOriginNotMatchingOrigin"),
    ("Reason: Credential is not supported if the CORS header", "CORSNotSupportingCredentials"),
    ("Reason: Did not find method in CORS header 'Access-Control-Allow-Methods'", "CORSMethodNotFound"),
    ("Reason: expected 'true' in CORS header 'Access-Control-Allow-Credentials'", "CORSMissingAllowCredentials"),
    ("Reason: CORS preflight response did not succeed", "CORSPreflightDidNotSucceed"),
    ("Reason: CORS preflight channel did not succeed", "CORSPreflightDidNotSucceed"),
    ("' in CORS header 'Access-Control-Allow-Methods'", "CORSInvalidAllowMethod"),
    ("' in CORS header 'Access-Control-Allow-Headers'", "CORSInvalidAllowHeader"),
    ("is not allowed according to header 'Access-Control-Allow-Headers'", "CORSMissingAllowHeaderFromPreflight"),
    (
        "in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel",
        "CORSMissingAllowHeaderFromPreflight",
    ),
    ("'Authorization' header is not covered", "CORSAllowHeaderFromPreflightDeprecation"),
    ("Credentials is not supported if the CORS header", "CORSNotSupportingCredentials"),
    // As the list of requests shows it.
    ("CORS Failed", "CORSDidNotSucceed"),
    ("CORS Not HTTP", "CORSRequestNotHttp"),
    ("CORS Missing Allow Origin", "CORSMissingAllowOrigin"),
    ("CORS Multiple Allow Origin", "CORSMultipleAllowOriginNotAllowed"),
    ("CORS Multiple Origin Not Allowed", "CORSMultipleAllowOriginNotAllowed"),
    ("CORS Allow Origin Not Matching Origin", "CORSAllowOriginNotMatchingOrigin"),
    ("CORS Not Supporting Credentials", "CORSNotSupportingCredentials"),
    ("CORS Missing Allow Credentials", "CORSMissingAllowCredentials"),
    ("CORS External Redirect Not Allowed", "CORSExternalRedirectNotAllowed"),
    ("CORS Preflight Did Not Succeed", "CORSPreflightDidNotSucceed"),
    ("CORS Invalid Allow Method", "CORSInvalidAllowMethod"),
    ("CORS Method Not Found", "CORSMethodNotFound"),
    ("CORS Invalid Allow Header", "CORSInvalidAllowHeader"),
    ("CORS Missing Allow Header", "CORSMissingAllowHeaderFromPreflight"),
    ("CORS/Errors/CORSMIssingAllowCredentials", "CORSMissingAllowCredentials"),
];

/// Pieces of sentences of WebKit, beside those that are its ids.
const WEBKIT: &[(&str, &str)] = &[
    ("violates the resource's Cross-Origin-Resource-Policy response header", "Cross-Origin-Resource-Policy"),
    ("Unsafe attempt to load URL", "Unsafe attempt to load URL"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::ids::known::{plain::Plain, starts};

    #[test]
    fn each_sentence_piece_finds_its_message() {
        for (piece, of, id) in pieces() {
            assert!(piece.is_ascii(), "{piece}");
            // `Places` compares the first characters as they are.
            assert_eq!(Plain::new(piece).count(), piece.len(), "{piece}");
            assert!(piece.len() >= starts::LENGTH, "{piece}");
            let known = message_of(piece).unwrap();
            assert_eq!((known.of, known.id), (of, id), "{piece}");
        }
    }
}
