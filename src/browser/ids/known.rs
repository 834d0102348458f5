//! From what a browser says to what it means and what mends it.

use super::prose;
use crate::{
    grammar,
    spec::{Algorithm, Step},
};

/// The browser that a message is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageOf {
    /// Chromium's `CorsError`, as its developer tools have it.
    Chromium,
    /// The id of a message of Firefox's console.
    Firefox,
    /// A piece of a message of WebKit's console.
    WebKit,
}

/// What a browser's message means, and what mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownMessage {
    /// The browser.
    pub of: MessageOf,
    /// The id, or for WebKit the piece of text.
    pub id: &'static str,
    /// What is wrong.
    pub meaning: &'static str,
    /// What mends it.
    pub mend: &'static str,
    /// The step of the standard that fails so; none for what the standard does not have.
    pub step: Option<Step>,
}

/// The meaning of a pasted message: an id, or a whole line of a console.
///
/// ```
/// use fetch_cors::browser::known_message;
///
/// let known = known_message("CORSMissingAllowOrigin2").unwrap();
/// assert_eq!(known.meaning, "the response has no `Access-Control-Allow-Origin`");
///
/// let line = "(Reason: CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing). Status code: 200.";
/// assert_eq!(known_message(line), Some(known));
/// ```
pub fn known_message(pasted: &str) -> Option<&'static KnownMessage> {
    // Ids hold one another: the longest that is found is the one.
    let id = MESSAGES
        .iter()
        .filter(|known| grammar::split_once(pasted, known.id).is_some())
        .max_by_key(|known| known.id.len());
    id.or_else(|| {
        let id = prose::id_of(pasted)?;
        MESSAGES.iter().find(|known| known.id == id)
    })
}

macro_rules! step {
    (none) => {
        None
    };
    (($algorithm:ident $step:literal)) => {
        Some(Step::new(Algorithm::$algorithm, $step))
    };
}

macro_rules! messages {
    ($($step:tt $meaning:literal, $mend:literal: $($of:ident $id:literal),*;)*) => {
        /// All messages that are known, by what they mean.
        const MESSAGES: &[KnownMessage] = &[$($(
            KnownMessage {
                of: MessageOf::$of, id: $id, meaning: $meaning, mend: $mend, step: step!($step)
            },
        )*)*];
    };
}

messages! {
    (CorsCheck "2")
    "the response has no `Access-Control-Allow-Origin`",
    "send it on this response, errors included, with the page's origin or `*`":
        Chromium "MissingAllowOriginHeader", Firefox "CORSMissingAllowOrigin";
    (CorsCheck "2")
    "the response to the preflight has no `Access-Control-Allow-Origin`",
    "answer `OPTIONS` with the CORS headers before anything else handles it, authentication included":
        Chromium "PreflightMissingAllowOriginHeader";
    (CorsCheck "1–4")
    "`Access-Control-Allow-Origin` is missing, or is not the page's origin",
    "send the page's origin, as the request's `Origin` has it":
        WebKit "is not allowed by Access-Control-Allow-Origin.";
    (CorsCheck "4")
    "`Access-Control-Allow-Origin` is `*`, and the request is with credentials",
    "send the page's origin and `Access-Control-Allow-Credentials: true`, or make the request without credentials":
        Chromium "WildcardOriginNotAllowed", Chromium "PreflightWildcardOriginNotAllowed",
        Firefox "CORSNotSupportingCredentials", WebKit "Cannot use wildcard in Access-Control-Allow-Origin";
    (CorsCheck "4")
    "`Access-Control-Allow-Origin` has several values",
    "send it once with one value: two layers may be adding it, or a list of all origins is sent":
        Chromium "MultipleAllowOriginValues", Chromium "PreflightMultipleAllowOriginValues",
        Firefox "CORSMultipleAllowOriginNotAllowed", WebKit "cannot contain more than one origin";
    (CorsCheck "4")
    "`Access-Control-Allow-Origin` is no origin",
    "send scheme, host and port alone, lower-case, without a slash at the end":
        Chromium "InvalidAllowOriginValue", Chromium "PreflightInvalidAllowOriginValue";
    (CorsCheck "4")
    "`Access-Control-Allow-Origin` is not the page's origin",
    "send the page's origin byte for byte, as the request's `Origin` has it, or `*` without credentials":
        Chromium "AllowOriginMismatch", Chromium "PreflightAllowOriginMismatch",
        Firefox "CORSAllowOriginNotMatchingOrigin";
    (CorsCheck "8")
    "the request is with credentials, and `Access-Control-Allow-Credentials` is not `true`",
    "send `Access-Control-Allow-Credentials: true`, on the response to the preflight as well":
        Chromium "InvalidAllowCredentials", Chromium "PreflightInvalidAllowCredentials",
        Firefox "CORSMissingAllowCredentials", WebKit "Credentials flag is true, but";
    (CorsPreflightFetch "7")
    "the status of the response to the preflight is not from 200 to 299",
    "answer `OPTIONS` with 204, before authentication and routing":
        Chromium "PreflightInvalidStatus", Firefox "CORSPreflightDidNotSucceed",
        WebKit "Preflight response is not successful.";
    (CorsPreflightFetch "7")
    "the response to the preflight is a redirect",
    "request the URL that it redirects to: another scheme, host or slash at the end":
        Chromium "PreflightDisallowedRedirect", Firefox "CORSExternalRedirectNotAllowed";
    (CorsPreflightFetch "7.3")
    "`Access-Control-Allow-Methods` is no list of methods",
    "send methods with commas between them, and nothing else":
        Chromium "InvalidAllowMethodsPreflightResponse", Firefox "CORSInvalidAllowMethod",
        WebKit "Header Access-Control-Allow-Methods has an invalid value";
    (CorsPreflightFetch "7.3")
    "`Access-Control-Allow-Headers` is no list of header names",
    "send header names with commas between them, and nothing else":
        Chromium "InvalidAllowHeadersPreflightResponse", Firefox "CORSInvalidAllowHeader",
        WebKit "Header Access-Control-Allow-Headers has an invalid value";
    (CorsPreflightFetch "7.5")
    "`Access-Control-Allow-Methods` does not have the method",
    "list it there, in the request's own case; with credentials `*` is no wildcard":
        Chromium "MethodDisallowedByPreflightResponse", Firefox "CORSMethodNotFound",
        WebKit "is not allowed by Access-Control-Allow-Methods.";
    (CorsPreflightFetch "7.7")
    "`Access-Control-Allow-Headers` does not have a header of the request",
    "list it there; with credentials `*` is no wildcard, and by the standard it never covers `Authorization`":
        Chromium "HeaderDisallowedByPreflightResponse", Firefox "CORSMissingAllowHeaderFromPreflight",
        WebKit "is not allowed by Access-Control-Allow-Headers.";
    (CorsPreflightFetch "7.6")
    "`Authorization` passed under `*`, which it will not for ever",
    "list `Authorization` in `Access-Control-Allow-Headers`":
        Firefox "CORSAllowHeaderFromPreflightDeprecation";
    (HttpRedirectFetch "9–10")
    "a redirect leads to a URL with a user name or a password",
    "redirect to the URL without them":
        Chromium "RedirectContainsCredentials", WebKit "has credentials";
    (HttpRedirectFetch "6")
    "a redirect leads to a URL that is not HTTP(S), or the page asks for one",
    "request and redirect to `http:` or `https:` URLs":
        Chromium "CorsDisabledScheme", WebKit "with non CORS scheme";
    (MainFetch "12, not an HTTP(S) scheme")
    "the URL is not HTTP(S)",
    "request an `http:` or `https:` URL: pages cannot read files, for instance":
        Firefox "CORSRequestNotHttp";
    (MainFetch "12, \"same-origin\"")
    "in mode \"same-origin\" the URL is of another origin",
    "use mode \"cors\", or a URL of the page's own origin":
        Chromium "DisallowedByMode", WebKit "Unsafe attempt to load URL";
    (MainFetch "12, \"no-cors\", 1")
    "in mode \"no-cors\" the redirect mode is not \"follow\"",
    "use mode \"cors\", or redirect mode \"follow\"":
        Chromium "NoCorsRedirectModeNotFollow";
    (HttpFetch "4.3")
    "there was no response, or a redirect that cannot be followed",
    "look at the network: certificate, address, port, `Location`":
        Chromium "InvalidResponse", Firefox "CORSDidNotSucceed";
    (HttpFetch "6.3, \"error\"")
    "the redirect mode is \"error\", and the response redirects",
    "request the URL that it redirects to":
        WebKit "Not allowed to follow a redirection";
    (CrossOriginResourcePolicyCheck "5")
    "`Cross-Origin-Resource-Policy` keeps the response from this page",
    "send `Cross-Origin-Resource-Policy: cross-origin`, or request it with CORS":
        WebKit "Cross-Origin-Resource-Policy";
    none
    "the user's browser does not let pages reach the local network",
    "allow it in the browser, or serve the page from that network: no CORS header has a part in this":
        Chromium "LocalNetworkAccessPermissionDenied", Chromium "InsecureLocalNetwork",
        Chromium "InvalidLocalNetworkAccess";
    none
    "CORS is disabled in this browser",
    "set `content.cors.disable` to false in `about:config`":
        Firefox "CORSDisabled";
    none
    "Firefox did not add an `Origin` header: the request is an extension's",
    "make the request from a page, or from the extension's background":
        Firefox "CORSOriginHeaderNotAdded";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_what_people_paste() {
        for (pasted, of, id) in [
            ("kPreflightMissingAllowOriginHeader", MessageOf::Chromium, "PreflightMissingAllowOriginHeader"),
            ("MissingAllowOriginHeader", MessageOf::Chromium, "MissingAllowOriginHeader"),
            ("Reason: CORSPreflightDidNotSucceed3", MessageOf::Firefox, "CORSPreflightDidNotSucceed"),
            (
                "Origin https://a is not allowed by Access-Control-Allow-Origin. Status code: 404",
                MessageOf::WebKit,
                "is not allowed by Access-Control-Allow-Origin.",
            ),
        ] {
            let known = known_message(pasted).unwrap();
            assert_eq!((known.of, known.id), (of, id), "{pasted}");
        }
        assert_eq!(known_message("it does not work"), None);
    }

    #[test]
    fn whole_lines_of_consoles_are_understood() {
        let chromium = "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked \
                        by CORS policy: ";
        let preflight = "Response to preflight request doesn't pass access control check: ";
        let missing = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
        let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                       https://api.example/. (Reason: ";
        for ([start, middle, end], id) in [
            ([chromium, "", missing], "MissingAllowOriginHeader"),
            ([chromium, preflight, missing], "PreflightMissingAllowOriginHeader"),
            ([chromium, preflight, "It does not have HTTP ok status."], "PreflightInvalidStatus"),
            (
                [
                    chromium,
                    "",
                    "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
                ],
                "HeaderDisallowedByPreflightResponse",
            ),
            (
                [firefox, "CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing).", " Status code: 200."],
                "CORSMissingAllowOrigin",
            ),
            ([firefox, "CORS header 'Access-Control-Allow-Origin' missing).", ""], "CORSMissingAllowOrigin"),
            (
                [
                    firefox,
                    "invalid token \u{2018}a b\u{2019} in CORS header ",
                    "\u{2018}Access-Control-Allow-Headers\u{2019}).",
                ],
                "CORSInvalidAllowHeader",
            ),
        ] {
            let mut line = [0; 400];
            let mut length = 0;
            for byte in [start, middle, end].into_iter().flat_map(str::bytes) {
                line[length] = byte;
                length += 1;
            }
            let line = core::str::from_utf8(&line[..length]).unwrap();
            assert_eq!(known_message(line).map(|known| known.id), Some(id), "{line}");
        }
    }

    #[test]
    fn all_prose_leads_to_an_id() {
        for (piece, id) in prose::PIECES {
            assert_eq!(known_message(piece).map(|known| known.id), Some(*id), "{piece}");
        }
    }

    #[test]
    fn each_id_is_known_once_and_found_by_itself() {
        for known in MESSAGES {
            assert_eq!(known_message(known.id), Some(known), "{}", known.id);
        }
    }
}
