//! From what a browser says to what it means and what mends it.

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
}

/// The meaning of a pasted message: an id, or a whole line that has one in it.
///
/// ```
/// use fetch_cors::browser::known_message;
///
/// let known = known_message("CORSMissingAllowOrigin2").unwrap();
/// assert_eq!(known.meaning, "the response has no `Access-Control-Allow-Origin`");
/// ```
pub fn known_message(pasted: &str) -> Option<&'static KnownMessage> {
    // Ids hold one another: the longest that is found is the one.
    MESSAGES.iter().filter(|known| pasted.contains(known.id)).max_by_key(|known| known.id.len())
}

macro_rules! messages {
    ($($meaning:literal, $mend:literal: $($of:ident $id:literal),*;)*) => {
        /// All messages that are known, by what they mean.
        const MESSAGES: &[KnownMessage] = &[$($(
            KnownMessage { of: MessageOf::$of, id: $id, meaning: $meaning, mend: $mend },
        )*)*];
    };
}

messages! {
    "the response has no `Access-Control-Allow-Origin`",
    "send it on this response, errors included, with the page's origin or `*`":
        Chromium "MissingAllowOriginHeader", Firefox "CORSMissingAllowOrigin";
    "the response to the preflight has no `Access-Control-Allow-Origin`",
    "answer `OPTIONS` with the CORS headers before anything else handles it, authentication included":
        Chromium "PreflightMissingAllowOriginHeader";
    "`Access-Control-Allow-Origin` is missing, or is not the page's origin",
    "send the page's origin, as the request's `Origin` has it":
        WebKit "is not allowed by Access-Control-Allow-Origin.";
    "`Access-Control-Allow-Origin` is `*`, and the request is with credentials",
    "send the page's origin and `Access-Control-Allow-Credentials: true`, or make the request without credentials":
        Chromium "WildcardOriginNotAllowed", Chromium "PreflightWildcardOriginNotAllowed",
        Firefox "CORSNotSupportingCredentials", WebKit "Cannot use wildcard in Access-Control-Allow-Origin";
    "`Access-Control-Allow-Origin` has several values",
    "send it once with one value: two layers may be adding it, or a list of all origins is sent":
        Chromium "MultipleAllowOriginValues", Chromium "PreflightMultipleAllowOriginValues",
        Firefox "CORSMultipleAllowOriginNotAllowed", WebKit "cannot contain more than one origin";
    "`Access-Control-Allow-Origin` is no origin",
    "send scheme, host and port alone, lower-case, without a slash at the end":
        Chromium "InvalidAllowOriginValue", Chromium "PreflightInvalidAllowOriginValue";
    "`Access-Control-Allow-Origin` is not the page's origin",
    "send the page's origin byte for byte, as the request's `Origin` has it, or `*` without credentials":
        Chromium "AllowOriginMismatch", Chromium "PreflightAllowOriginMismatch",
        Firefox "CORSAllowOriginNotMatchingOrigin";
    "the request is with credentials, and `Access-Control-Allow-Credentials` is not `true`",
    "send `Access-Control-Allow-Credentials: true`, on the response to the preflight as well":
        Chromium "InvalidAllowCredentials", Chromium "PreflightInvalidAllowCredentials",
        Firefox "CORSMissingAllowCredentials", WebKit "Credentials flag is true, but";
    "the status of the response to the preflight is not from 200 to 299",
    "answer `OPTIONS` with 204, before authentication and routing":
        Chromium "PreflightInvalidStatus", Firefox "CORSPreflightDidNotSucceed",
        WebKit "Preflight response is not successful.";
    "the response to the preflight is a redirect",
    "request the URL that it redirects to: another scheme, host or slash at the end":
        Chromium "PreflightDisallowedRedirect", Firefox "CORSExternalRedirectNotAllowed";
    "`Access-Control-Allow-Methods` is no list of methods",
    "send methods with commas between them, and nothing else":
        Chromium "InvalidAllowMethodsPreflightResponse", Firefox "CORSInvalidAllowMethod",
        WebKit "Header Access-Control-Allow-Methods has an invalid value";
    "`Access-Control-Allow-Headers` is no list of header names",
    "send header names with commas between them, and nothing else":
        Chromium "InvalidAllowHeadersPreflightResponse", Firefox "CORSInvalidAllowHeader",
        WebKit "Header Access-Control-Allow-Headers has an invalid value";
    "`Access-Control-Allow-Methods` does not have the method",
    "list it there, in the request's own case; with credentials `*` is no wildcard":
        Chromium "MethodDisallowedByPreflightResponse", Firefox "CORSMethodNotFound",
        WebKit "is not allowed by Access-Control-Allow-Methods.";
    "`Access-Control-Allow-Headers` does not have a header of the request",
    "list it there; with credentials `*` is no wildcard, and by the standard it never covers `Authorization`":
        Chromium "HeaderDisallowedByPreflightResponse", Firefox "CORSMissingAllowHeaderFromPreflight",
        WebKit "is not allowed by Access-Control-Allow-Headers.";
    "`Authorization` passed under `*`, which it will not for ever",
    "list `Authorization` in `Access-Control-Allow-Headers`":
        Firefox "CORSAllowHeaderFromPreflightDeprecation";
    "a redirect leads to a URL with a user name or a password",
    "redirect to the URL without them":
        Chromium "RedirectContainsCredentials", WebKit "has credentials";
    "the URL, or one that a redirect leads to, is not HTTP(S)",
    "request and redirect to `http:` or `https:` URLs":
        Chromium "CorsDisabledScheme", Firefox "CORSRequestNotHttp", WebKit "with non CORS scheme";
    "in mode \"same-origin\" the URL is of another origin",
    "use mode \"cors\", or a URL of the page's own origin":
        Chromium "DisallowedByMode", WebKit "Unsafe attempt to load URL";
    "in mode \"no-cors\" the redirect mode is not \"follow\"",
    "use mode \"cors\", or redirect mode \"follow\"":
        Chromium "NoCorsRedirectModeNotFollow";
    "there was no response, or a redirect that cannot be followed",
    "look at the network: certificate, address, port, `Location`":
        Chromium "InvalidResponse", Firefox "CORSDidNotSucceed";
    "the redirect mode is \"error\", and the response redirects",
    "request the URL that it redirects to":
        WebKit "Not allowed to follow a redirection";
    "`Cross-Origin-Resource-Policy` keeps the response from this page",
    "send `Cross-Origin-Resource-Policy: cross-origin`, or request it with CORS":
        WebKit "Cross-Origin-Resource-Policy";
    "the user's browser does not let pages reach the local network",
    "allow it in the browser, or serve the page from that network: no CORS header has a part in this":
        Chromium "LocalNetworkAccessPermissionDenied", Chromium "InsecureLocalNetwork",
        Chromium "InvalidLocalNetworkAccess";
    "CORS is disabled in this browser",
    "set `content.cors.disable` to false in `about:config`":
        Firefox "CORSDisabled";
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
    fn each_id_is_known_once_and_found_by_itself() {
        for known in MESSAGES {
            assert_eq!(known_message(known.id), Some(known), "{}", known.id);
        }
    }
}
