//! The advice on a message, for the values that it quotes.

use core::fmt;

use super::{KnownMessage, Message, Quoted, plain::is_quote};
use crate::{
    browser::{
        explain::{Hint, OriginMistake, PreflightRedirect, is_added_by_libraries, is_cors_response_header, is_login},
        response::Status,
    },
    grammar,
    header::HeaderName,
    method::Method,
    origin::Origin,
};

/// The fix of the failure that a message reports. It writes itself, with the quoted values escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageFix<'a> {
    /// What fixes all failures of this kind.
    Known(&'static str),
    /// Take this header off the request.
    WithoutHeader(HeaderName<'a>),
    /// Keep this header off requests to third parties.
    NotToThirdParties(HeaderName<'a>),
    /// List this header in `Access-Control-Allow-Headers`.
    AllowHeader(HeaderName<'a>),
    /// Expose this header.
    ExposeHeader(HeaderName<'a>),
    /// Write this method in upper case.
    UpperCaseMethod(Method<'a>),
    /// List this method in `Access-Control-Allow-Methods`.
    AllowMethod(Method<'a>),
    /// Send this origin.
    AllowOrigin(Origin<'a>),
    /// Start the URL with its scheme.
    UrlWithoutScheme,
    /// Correct this mistake in `Access-Control-Allow-Origin`.
    OriginMistake(OriginMistake),
}

impl fmt::Display for MessageFix<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MessageFix::Known(text) => formatter.write_str(text),
            MessageFix::WithoutHeader(name) => {
                write!(formatter, "take `{}` off the request: it belongs in the response", name.lowercase())
            }
            MessageFix::NotToThirdParties(name) => write!(
                formatter,
                "do not send `{0}` to third parties (a tracing library has a list of targets for that), or list `{0}` in the \
                 `Access-Control-Allow-Headers` of the response to `OPTIONS`",
                name.lowercase()
            ),
            MessageFix::AllowHeader(name) => write!(
                formatter,
                "list `{}` in the `Access-Control-Allow-Headers` of the response to `OPTIONS`; with credentials `*` is not a \
                 wildcard, and by the standard it never covers `Authorization`",
                name.lowercase()
            ),
            MessageFix::ExposeHeader(name) => {
                write!(formatter, "name `{}` in the `Access-Control-Expose-Headers` of the response", name.lowercase())
            }
            MessageFix::UpperCaseMethod(method) => {
                formatter.write_str("write the method in upper case in the page: `")?;
                method
                    .as_str()
                    .bytes()
                    .try_for_each(|byte| write!(formatter, "{}", byte.to_ascii_uppercase().escape_ascii()))?;
                formatter.write_str("`")
            }
            MessageFix::AllowMethod(method) => write!(
                formatter,
                "list `{method}` in the `Access-Control-Allow-Methods` of the response to `OPTIONS`; with credentials `*` is not \
                 a wildcard"
            ),
            MessageFix::UrlWithoutScheme => fmt::Display::fmt(&Hint::UrlWithoutScheme, formatter),
            MessageFix::OriginMistake(mistake) => fmt::Display::fmt(mistake, formatter),
            MessageFix::AllowOrigin(origin) => {
                write!(formatter, "send `Access-Control-Allow-Origin: {origin}` in this response, once")
            }
        }
    }
}

/// Whether a URL is a host and a port without a scheme, such as `localhost:8080/items`.
fn is_without_scheme(url: &str) -> bool {
    let Some((scheme, rest)) = grammar::split_once(url, ":") else { return false };
    let port = grammar::until(rest, b"/");
    !scheme.is_empty() && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'a> Message<'a> {
    /// The fix of this failure.
    pub fn fix(&self) -> MessageFix<'a> {
        let Message { known, quoted, .. } = self;
        self.specific_fix(quoted).unwrap_or(MessageFix::Known(known.fix))
    }

    fn specific_fix(&self, quoted: &Quoted<'a>) -> Option<MessageFix<'a>> {
        let header = || quoted.header.and_then(|name| HeaderName::new(name).ok());
        let method = || quoted.method.and_then(|method| Method::new(method).ok());
        Some(match self.known.code {
            "header-not-allowed" => match header()? {
                name if is_cors_response_header(name) => MessageFix::WithoutHeader(name),
                name if is_added_by_libraries(name) => MessageFix::NotToThirdParties(name),
                name => MessageFix::AllowHeader(name),
            },
            "scheme-not-http" | "redirect-scheme-not-http" if quoted.url.is_some_and(is_without_scheme) => {
                MessageFix::UrlWithoutScheme
            }
            "header-not-exposed" => MessageFix::ExposeHeader(header()?),
            "method-not-allowed" => match method()? {
                method if method.as_str().bytes().any(|byte| byte.is_ascii_lowercase()) => {
                    MessageFix::UpperCaseMethod(method)
                }
                method => MessageFix::AllowMethod(method),
            },
            "allow-origin-mismatch" | "allow-origin-invalid" | "allow-origin-multiple" => {
                match self.origin().filter(|origin| !origin.is_opaque()) {
                    Some(origin) => MessageFix::AllowOrigin(origin),
                    None => MessageFix::OriginMistake(self.origin_mistake()?),
                }
            }
            _ => return None,
        })
    }

    fn origin(&self) -> Option<Origin<'a>> {
        Origin::parse(self.quoted.origin?).ok()
    }

    /// The mistake in the value that the message quotes, if it is of `Access-Control-Allow-Origin`.
    fn origin_mistake(&self) -> Option<OriginMistake> {
        let wrong_value =
            matches!(self.known.code, "allow-origin-mismatch" | "allow-origin-invalid" | "allow-origin-multiple");
        let value = self.quoted.value.filter(|_| wrong_value)?;
        OriginMistake::of(value.as_bytes(), self.origin().unwrap_or(Origin::OPAQUE))
    }

    /// The common mistakes that the message shows.
    pub fn hints(&self) -> impl Iterator<Item = Hint<'a>> {
        let Message { known: &KnownMessage { code, .. }, quoted, .. } = *self;
        let of_origin = matches!(
            code,
            "allow-origin-missing" | "allow-origin-mismatch" | "allow-origin-invalid" | "allow-origin-multiple"
        );
        let origin = self.origin();
        let mistake = self.origin_mistake();
        let opaque = origin.is_some_and(Origin::is_opaque).then_some(match quoted.redirected_from {
            Some(_) => Hint::TaintedOrigin,
            None => Hint::OpaqueOrigin,
        });
        let status = quoted.status.and_then(|status| Status::new(status).ok()).filter(|status| status.as_u16() >= 400);
        let status = status.and_then(|status| match code {
            "preflight-status-not-ok" => Some(Hint::PreflightStatus { status }),
            _ if of_origin || matches!(code, "script-error" | "reason-elsewhere") => Some(Hint::StatusFirst { status }),
            _ => None,
        });
        let http = quoted.url.is_some_and(|url| url.starts_with("http://"));
        let why = if http { PreflightRedirect::ToHttps } else { PreflightRedirect::Other };
        let redirect = (code == "preflight-redirected").then_some(Hint::PreflightRedirect(why));
        let login = quoted.redirected_from.is_some() && quoted.url.is_some_and(is_login);
        let list = match code {
            "allow-methods-unparsable" => Some(HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
            "allow-headers-unparsable" => Some(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
            _ => None,
        };
        let has = |is_it: fn(char) -> bool| quoted.value.is_some_and(|value| value.chars().any(is_it));
        let method = match self.fix() {
            MessageFix::UpperCaseMethod(method) => Some(Hint::MethodCase { method }),
            _ => None,
        };
        [
            status,
            mistake.map(Hint::AllowOrigin),
            redirect,
            (login && of_origin).then_some(Hint::RedirectToLogin),
            opaque.filter(|_| of_origin),
            method,
            (code == "mixed-content").then_some(Hint::RedirectToHttp),
            list.filter(|_| has(is_quote)).map(|name| Hint::ListQuotes { name }),
            list.filter(|_| has(char::is_whitespace)).map(|name| Hint::ListSeparator { name }),
        ]
        .into_iter()
        .flatten()
    }
}
