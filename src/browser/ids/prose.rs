//! What consoles print for people: from their sentences to the ids.

/// Chromium tells a response to a preflight by this, and has an id for it alone.
const OF_PREFLIGHT: &str = "Response to preflight request doesn't pass access control check";

/// The id of the message that a line of a console is, if it is one.
pub(super) fn id_of(line: &str) -> Option<&'static str> {
    let found = PIECES.iter().filter(|(piece, _)| holds(line, piece)).max_by_key(|(piece, _)| piece.len());
    let (_, id) = found?;
    let of_preflight = PREFLIGHT.iter().find(|(response, _)| response == id).filter(|_| holds(line, OF_PREFLIGHT));
    Some(of_preflight.map_or(*id, |(_, preflight)| *preflight))
}

/// Whether a line has a piece in it, whatever quotation marks either is written with.
fn holds(line: &str, piece: &str) -> bool {
    let plain = |character| if matches!(character, '\u{2018}' | '\u{2019}') { '\'' } else { character };
    line.char_indices().any(|(start, _)| {
        let mut rest = line.get(start..).unwrap_or_default().chars().map(plain);
        piece.chars().all(|character| rest.next() == Some(character))
    })
}

/// Chromium's ids of what may be wrong with both responses.
const PREFLIGHT: &[(&str, &str)] = &[
    ("MissingAllowOriginHeader", "PreflightMissingAllowOriginHeader"),
    ("WildcardOriginNotAllowed", "PreflightWildcardOriginNotAllowed"),
    ("MultipleAllowOriginValues", "PreflightMultipleAllowOriginValues"),
    ("InvalidAllowOriginValue", "PreflightInvalidAllowOriginValue"),
    ("AllowOriginMismatch", "PreflightAllowOriginMismatch"),
    ("InvalidAllowCredentials", "PreflightInvalidAllowCredentials"),
];

/// Pieces of the sentences, and the ids of these.
///
/// <https://chromium.googlesource.com/chromium/src/+/main/third_party/blink/renderer/platform/loader/cors/cors_error_string.cc>,
/// <https://searchfox.org/mozilla-central/source/dom/locales/en-US/chrome/security/security.properties>
pub(super) const PIECES: &[(&str, &str)] = &[
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
    ("Permission was denied for this request to access the `", "LocalNetworkAccessPermissionDenied"),
    ("The request client is not a secure context and the resource is in more-private", "InsecureLocalNetwork"),
    ("Request had a target IP address space of", "InvalidLocalNetworkAccess"),
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
    ("`Authorization` header is not covered", "CORSAllowHeaderFromPreflightDeprecation"),
];
