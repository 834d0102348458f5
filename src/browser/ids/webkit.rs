//! WebKit's console lines. WebKit has no ids: each failure is a sentence.

use core::fmt::{self, Write};

use crate::{
    browser::{
        error::{NetworkError, Phase, Reason},
        preflight::known_webkit_name,
        request::{DuplicateNames, Request, RequestMode, ResponseTainting},
        response::Response,
    },
    grammar,
    header::{CombinedValue, HeaderName},
};

impl NetworkError<'_> {
    /// A piece of WebKit's console message that identifies it; `None` if WebKit prints nothing.
    pub fn webkit_message(&self) -> Option<&'static str> {
        Some(match self.reason {
            Reason::AllowOriginWildcardWithCredentials => "Cannot use wildcard in Access-Control-Allow-Origin",
            Reason::AllowOriginMultiple { value, .. } if has_comma(value) => "cannot contain more than one origin",
            Reason::AllowOriginMissing
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. } => "is not allowed by Access-Control-Allow-Origin.",
            Reason::AllowCredentialsNotTrue { .. } => "Credentials flag is true, but",
            Reason::PreflightStatusNotOk { .. } | Reason::PreflightRedirected { .. } => {
                "Preflight response is not successful."
            }
            Reason::AllowMethodsUnparsable(_) => "Header Access-Control-Allow-Methods has an invalid value",
            Reason::AllowHeadersUnparsable(_) => "Header Access-Control-Allow-Headers has an invalid value",
            Reason::MethodNotAllowed { .. } => "is not allowed by Access-Control-Allow-Methods.",
            Reason::HeaderNotAllowed { .. } | Reason::AuthorizationNotAllowed { .. } => {
                "is not allowed by Access-Control-Allow-Headers."
            }
            Reason::RedirectSchemeNotHttp { .. } => "with non CORS scheme",
            Reason::RedirectUrlHasCredentials { .. } => "has credentials",
            Reason::RedirectModeError { .. } => "Not allowed to follow a redirection",
            Reason::SameOriginModeCrossOrigin => "Unsafe attempt to load URL",
            Reason::SchemeNotHttp { .. } => "Cross origin requests are only supported for HTTP",
            Reason::CrossOriginResourcePolicy { .. } => "Cross-Origin-Resource-Policy",
            _ => return None,
        })
    }
}

fn has_comma(value: CombinedValue<'_>) -> bool {
    value.bytes().any(|byte| byte == b',')
}

/// The parts of a failed exchange that WebKit's console reports.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers fill it")]
pub struct FailedExchange<'a> {
    /// The request; for a preflight, the one that it asks for.
    pub request: Request<'a>,
    /// The response, if there was one.
    pub response: Option<Response<'a>>,
    /// The target of a redirect: the URL, or the text of `Location` if it is not a URL. `None` if the response does not
    /// redirect.
    pub location_url: Option<&'a str>,
}

/// A line of WebKit's console. It writes itself as WebKit does.
///
/// ```
/// use fetch_cors::{
///     browser::{Action, Environment, NoCache, Profile, RequestInit, Response, Url, fetch, ids::FailedExchange},
///     header::Headers,
///     origin::Origin,
/// };
///
/// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/").unwrap());
/// let request = RequestInit::default().request(url, page).unwrap();
/// let environment = Environment::new(&Profile::WEBKIT);
/// let Ok(Action::SendRequest(awaiting)) = fetch(request, environment, &mut NoCache, Default::default()) else { panic!() };
///
/// let (request, response) = (*awaiting.request(), Response::new(404, Headers::EMPTY).unwrap());
/// let error = awaiting.on_response(&response, &mut NoCache).unwrap_err();
/// let line = error.webkit_line(FailedExchange { request, response: Some(response), location_url: None }).unwrap();
/// let expected = "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 404";
/// assert_eq!(line.to_string(), expected);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WebKitLine<'a> {
    error: NetworkError<'a>,
    exchange: FailedExchange<'a>,
    sentence: Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sentence {
    /// The sentence of the reason alone.
    Reason,
    /// The sentence of a redirect, which contains the reason's sentence.
    RedirectDenied,
    /// The redirect leads to a scheme that CORS does not allow.
    SchemeDenied,
    UnsafeAttempt,
    CannotLoad,
    LocalResource,
    FtpDisabled,
    SchemeNotHttp,
}

impl<'a> NetworkError<'a> {
    /// The line that WebKit prints for this failure; `None` if it prints nothing.
    ///
    /// If the transport fails, WebKit may print the system's own text, which is not predicted.
    pub fn webkit_line(&self, exchange: FailedExchange<'a>) -> Option<WebKitLine<'a>> {
        let FailedExchange { request, response, location_url } = exchange;
        let redirected = location_url.is_some() || self.phase == Phase::Redirect;
        let sentence = match self.reason {
            Reason::AllowOriginMissing
            | Reason::AllowOriginWildcardWithCredentials
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. }
            | Reason::AllowCredentialsNotTrue { .. }
            | Reason::CrossOriginResourcePolicy { .. }
                if redirected && self.phase != Phase::Preflight =>
            {
                Sentence::RedirectDenied
            }
            Reason::RedirectUrlHasCredentials { .. } => Sentence::RedirectDenied,
            Reason::RedirectSchemeNotHttp { scheme, .. } => scheme_sentence(scheme, &request, location_url?),
            Reason::LocationInvalid { value }
                if value != *b"" && request.response_tainting() == ResponseTainting::Cors =>
            {
                Sentence::SchemeDenied
            }
            Reason::SameOriginModeCrossOrigin if redirected => Sentence::UnsafeAttempt,
            Reason::SameOriginModeCrossOrigin => Sentence::CannotLoad,
            Reason::AllowMethodsUnparsable(_) | Reason::AllowHeadersUnparsable(_) if response.is_none() => return None,
            Reason::TooManyRedirects | Reason::NoCorsRedirectModeNotFollow { .. } => Sentence::Reason,
            _ => {
                self.webkit_message()?;
                Sentence::Reason
            }
        };
        Some(WebKitLine { error: *self, exchange, sentence })
    }
}

/// The sentence on a redirect to a URL that is not HTTP(S).
fn scheme_sentence(scheme: &str, request: &Request<'_>, location_url: &str) -> Sentence {
    let cross_origin = request.response_tainting() != ResponseTainting::Basic;
    let same_origin_blob = || {
        let inner = location_url.strip_prefix("blob:").unwrap_or_default();
        crate::browser::Url::new(inner).is_ok_and(|url| url.origin().is_same_origin(request.origin()))
    };
    match (scheme, request.mode()) {
        ("ftp" | "ftps", _) => Sentence::FtpDisabled,
        (_, RequestMode::Cors) if cross_origin => Sentence::SchemeDenied,
        ("blob", _) if same_origin_blob() => Sentence::SchemeNotHttp,
        ("blob" | "file" | "webkit", _) => Sentence::LocalResource,
        (_, RequestMode::NoCors) => Sentence::SchemeNotHttp,
        (_, RequestMode::SameOrigin) => Sentence::UnsafeAttempt,
        _ => Sentence::SchemeDenied,
    }
}

impl<'a> WebKitLine<'a> {
    /// Whether this line replaces the reason: some failures are reported only as a URL that cannot be loaded.
    pub fn is_without_reason(&self) -> bool {
        self.sentence == Sentence::CannotLoad
    }

    /// The line that names the API and the URL. WebKit prints it below the reason, or alone if there is no reason.
    ///
    /// ```
    /// # use fetch_cors::{
    /// #     browser::{Action, Environment, NoCache, Profile, RequestInit, Response, Url, fetch, ids::FailedExchange},
    /// #     header::Headers,
    /// #     origin::Origin,
    /// # };
    /// # let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/").unwrap());
    /// # let request = RequestInit::default().request(url, page).unwrap();
    /// # let environment = Environment::new(&Profile::WEBKIT);
    /// # let Ok(Action::SendRequest(awaiting)) = fetch(request, environment, &mut NoCache, Default::default()) else { panic!() };
    /// # let (request, response) = (*awaiting.request(), Response::new(404, Headers::EMPTY).unwrap());
    /// # let error = awaiting.on_response(&response, &mut NoCache).unwrap_err();
    /// # let exchange = FailedExchange { request, response: Some(response), location_url: None };
    /// let line = error.webkit_line(exchange).unwrap();
    /// let expected = "Fetch API cannot load https://api.example/ due to access control checks.";
    /// assert_eq!(line.cannot_load().to_string(), expected);
    /// ```
    pub fn cannot_load(&self) -> WebKitCannotLoad<'a> {
        let request = &self.exchange.request;
        let url = match self.sentence {
            Sentence::SchemeNotHttp => self.location(),
            Sentence::UnsafeAttempt if self.error.reason == Reason::SameOriginModeCrossOrigin => self.location(),
            _ => request.current_url().as_str(),
        };
        WebKitCannotLoad { api: request.headers().duplicate_names(), url, is_alone: self.is_without_reason() }
    }

    fn location(&self) -> &'a str {
        self.exchange.location_url.unwrap_or(self.exchange.request.current_url().as_str())
    }

    /// The URL without the fragment that it inherits from the request.
    fn own_location(&self) -> &'a str {
        let has_fragment = self.value(HeaderName::LOCATION).is_some_and(|value| value.bytes().any(|byte| byte == b'#'));
        if has_fragment { self.location() } else { grammar::until(self.location(), b"#") }
    }

    fn value(&self, name: HeaderName<'static>) -> Option<CombinedValue<'a>> {
        self.exchange.response.and_then(|response| response.headers.get(name))
    }
}

impl fmt::Display for WebKitLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request, location) = (&self.exchange.request, self.location());
        match self.sentence {
            Sentence::Reason => self.write_reason(formatter),
            Sentence::RedirectDenied => {
                write_denied(location, formatter)?;
                self.write_reason(formatter)
            }
            Sentence::SchemeDenied => {
                write_denied(location, formatter)?;
                formatter.write_str("not allowed to follow a cross-origin CORS redirection with non CORS scheme")
            }
            Sentence::UnsafeAttempt => write!(
                formatter,
                "Unsafe attempt to load URL {} from origin {}. Domains, protocols and ports must match.",
                WithoutUserinfo(location),
                request.origin()
            ),
            Sentence::CannotLoad => fmt::Display::fmt(&self.cannot_load(), formatter),
            Sentence::LocalResource => write!(formatter, "Not allowed to load local resource: {location}"),
            Sentence::FtpDisabled => formatter.write_str("FTP URLs are disabled"),
            Sentence::SchemeNotHttp => formatter.write_str("Redirection to URL with a scheme that is not HTTP(S)."),
        }
    }
}

/// The line of WebKit's console that names what could not be loaded. It writes itself as WebKit does.
#[derive(Clone, Copy, Debug)]
pub struct WebKitCannotLoad<'a> {
    /// XMLHttpRequest combines, `fetch()` does not.
    api: DuplicateNames,
    url: &'a str,
    is_alone: bool,
}

impl fmt::Display for WebKitCannotLoad<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = match self.api {
            DuplicateNames::Append => "Fetch API",
            DuplicateNames::Combine => "XMLHttpRequest",
        };
        let end = if self.is_alone { "." } else { " due to access control checks." };
        write!(formatter, "{api} cannot load {}{end}", self.url)
    }
}

impl WebKitLine<'_> {
    fn write_reason(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FailedExchange { request, response, .. } = &self.exchange;
        match self.error.reason {
            Reason::AllowOriginWildcardWithCredentials => {
                formatter.write_str("Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.")
            }
            Reason::AllowOriginMultiple { value, .. } if has_comma(value) => {
                formatter.write_str("Access-Control-Allow-Origin cannot contain more than one origin.")
            }
            Reason::AllowOriginMissing
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. } => {
                write!(
                    formatter,
                    "Origin {} is not allowed by Access-Control-Allow-Origin.",
                    request.serialized_origin()
                )?;
                match response {
                    Some(response) => write!(formatter, " Status code: {}", response.status),
                    None => Ok(()),
                }
            }
            Reason::AllowCredentialsNotTrue { .. } => {
                formatter.write_str("Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".")
            }
            Reason::PreflightStatusNotOk { status } | Reason::PreflightRedirected { status } => {
                write!(formatter, "Preflight response is not successful. Status code: {status}")
            }
            Reason::AllowMethodsUnparsable(_) => {
                formatter.write_str("Header Access-Control-Allow-Methods has an invalid value: ")?;
                write_value(self.value(HeaderName::ACCESS_CONTROL_ALLOW_METHODS), formatter)
            }
            Reason::AllowHeadersUnparsable(_) => {
                formatter.write_str("Header Access-Control-Allow-Headers has an invalid value: ")?;
                write_value(self.value(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS), formatter)
            }
            Reason::MethodNotAllowed { method, .. } => {
                write!(formatter, "Method {method} is not allowed by Access-Control-Allow-Methods.")
            }
            Reason::HeaderNotAllowed { name, .. } => {
                let name = known_webkit_name(name).unwrap_or(name.as_str());
                write!(formatter, "Request header field {name} is not allowed by Access-Control-Allow-Headers.")
            }
            Reason::AuthorizationNotAllowed { .. } => formatter
                .write_str("Request header field Authorization is not allowed by Access-Control-Allow-Headers."),
            Reason::CrossOriginResourcePolicy { .. } => write!(
                formatter,
                "Cancelled load to {} because it violates the resource's Cross-Origin-Resource-Policy response header.",
                request.current_url()
            ),
            Reason::SchemeNotHttp { .. } => formatter.write_str("Cross origin requests are only supported for HTTP."),
            Reason::RedirectModeError { .. } => {
                write!(formatter, "Not allowed to follow a redirection while loading {}", request.current_url())
            }
            Reason::TooManyRedirects => formatter.write_str("Load cannot follow more than 20 redirections"),
            Reason::NoCorsRedirectModeNotFollow { .. } => formatter.write_str("Not allowed to request resource"),
            Reason::RedirectUrlHasCredentials { .. } => {
                write!(formatter, "redirection URL {} has credentials", self.own_location())
            }
            reason => fmt::Display::fmt(&reason, formatter),
        }
    }
}

fn write_denied(location: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let location = WithoutUserinfo(location);
    write!(formatter, "Cross-origin redirection to {location} denied by Cross-Origin Resource Sharing policy: ")
}

/// A URL without its user name and password, which WebKit removes.
struct WithoutUserinfo<'a>(&'a str);

impl fmt::Display for WithoutUserinfo<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = grammar::split_once(self.0, "://") else { return formatter.write_str(self.0) };
        let (authority, path) = grammar::split_before(rest, b"/?#");
        let authority = grammar::rsplit_once(authority, "@").map_or(authority, |(_, host)| host);
        write!(formatter, "{scheme}://{authority}{path}")
    }
}

/// Writes a value as WebKitGTK reads it: libsoup puts a U+FFFD for each byte that is not UTF-8, and WebKit takes what comes out
/// for ISO-8859-1.
fn write_value(value: Option<CombinedValue<'_>>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let write_bytes = |bytes: &[u8], formatter: &mut fmt::Formatter<'_>| {
        bytes.iter().try_for_each(|byte| formatter.write_char(char::from(*byte)))
    };
    for (number, line) in value.iter().flat_map(|value| value.lines()).enumerate() {
        formatter.write_str(if number == 0 { "" } else { ", " })?;
        for chunk in line.utf8_chunks() {
            write_bytes(chunk.valid().as_bytes(), formatter)?;
            chunk.invalid().iter().try_for_each(|_| write_bytes("\u{FFFD}".as_bytes(), formatter))?;
        }
    }
    Ok(())
}
