//! What WebKit writes to its console. It has no ids, so a piece of the text must do.

use crate::browser::error::{NetworkError, Reason};

impl NetworkError<'_> {
    /// A piece of WebKit's console message that tells it from others; none where it says nothing.
    ///
    /// From WebKit's sources, without a recording.
    pub const fn webkit_message(&self) -> Option<&'static str> {
        Some(match self.reason {
            Reason::AllowOriginWildcardWithCredentials => "Cannot use wildcard in Access-Control-Allow-Origin",
            Reason::AllowOriginMultiple { .. } => "cannot contain more than one origin",
            Reason::AllowOriginMissing | Reason::AllowOriginInvalid { .. } | Reason::AllowOriginMismatch { .. } => {
                "is not allowed by Access-Control-Allow-Origin."
            }
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
            Reason::CrossOriginResourcePolicy { .. } => "Cross-Origin-Resource-Policy",
            _ => return None,
        })
    }
}
