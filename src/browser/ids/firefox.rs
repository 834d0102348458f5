//! The ids of Firefox's console messages, without the digit that their revisions add.

use super::{ConsoleMessage, Parameter};
use crate::{
    browser::{
        error::{NetworkError, Reason, Several},
        request::ResponseTainting,
    },
    header::HeaderName,
};

impl<'a> NetworkError<'a> {
    /// The id of Firefox's console message, by which MDN's pages on CORS errors are named; `None` if it prints nothing.
    ///
    /// <https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors>
    pub fn firefox_console_id(&self) -> Option<ConsoleMessage<'a>> {
        Some(match self.reason {
            Reason::AllowOriginMissing => ConsoleMessage::new("CORSMissingAllowOrigin"),
            Reason::AllowOriginMultiple { several: Several::Lines, .. } => {
                ConsoleMessage::new("CORSMultipleAllowOriginNotAllowed")
            }
            Reason::AllowOriginWildcardWithCredentials => ConsoleMessage::new("CORSNotSupportingCredentials"),
            Reason::AllowOriginMultiple { value, several: Several::Values }
            | Reason::AllowOriginInvalid { value }
            | Reason::AllowOriginMismatch { value, .. } => {
                ConsoleMessage::quoting("CORSAllowOriginNotMatchingOrigin", Parameter::Utf8Value(value))
            }
            Reason::AllowCredentialsNotTrue { .. } => ConsoleMessage::new("CORSMissingAllowCredentials"),
            Reason::PreflightStatusNotOk { .. } => ConsoleMessage::new("CORSPreflightDidNotSucceed"),
            Reason::PreflightRedirected { .. } => ConsoleMessage::new("CORSExternalRedirectNotAllowed"),
            Reason::AllowMethodsUnparsable(error) => {
                ConsoleMessage::quoting("CORSInvalidAllowMethod", Parameter::Utf8Element(error.element))
            }
            Reason::AllowHeadersUnparsable(error) => {
                ConsoleMessage::quoting("CORSInvalidAllowHeader", Parameter::Utf8Element(error.element))
            }
            Reason::MethodNotAllowed { .. } => ConsoleMessage::new("CORSMethodNotFound"),
            Reason::HeaderNotAllowed { name, .. } => missing_allow_header(name),
            Reason::AuthorizationNotAllowed { .. } => missing_allow_header(HeaderName::AUTHORIZATION),
            Reason::Network
            | Reason::HeaderValueInvalid { .. }
            | Reason::HeaderContradictory { .. }
            | Reason::TooManyRedirects
            | Reason::LocationMultiple { .. }
            | Reason::LocationInvalid { .. }
            | Reason::RedirectSchemeNotHttp { .. }
                if self.response_tainting == ResponseTainting::Cors =>
            {
                ConsoleMessage::new("CORSDidNotSucceed")
            }
            Reason::SchemeNotHttp { scheme: "file" } => ConsoleMessage::new("CORSRequestNotHttp"),
            Reason::RedirectUrlHasCredentials { .. } => ConsoleMessage::new("CORSDidNotSucceed"),
            _ => return None,
        })
    }
}

fn missing_allow_header(name: HeaderName<'_>) -> ConsoleMessage<'_> {
    ConsoleMessage::quoting("CORSMissingAllowHeaderFromPreflight", Parameter::Name(name))
}
