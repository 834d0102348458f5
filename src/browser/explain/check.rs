//! The checks of a step, including those that pass.

use core::fmt;

use super::{Explanation, Stage, fix::Names};
use crate::{
    browser::{
        error::{NetworkError, Reason},
        iterators::{OptionIter, Steps},
        redirect::redirects,
        request::{CredentialsMode, ResponseTainting},
    },
    header::HeaderName,
    method::Method,
    spec::{Algorithm, Step},
};

/// A check and its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Check<'a> {
    /// What was checked.
    pub subject: Subject<'a>,
    /// The result.
    pub verdict: Result<(), NetworkError<'a>>,
}

/// The subject of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject<'a> {
    /// `Access-Control-Allow-Origin`
    AllowOrigin,
    /// `Access-Control-Allow-Credentials`
    AllowCredentials,
    /// The status of a response to a preflight.
    PreflightStatus,
    /// Whether `Access-Control-Allow-Methods` is a list.
    AllowMethods,
    /// Whether `Access-Control-Allow-Headers` is a list.
    AllowHeaders,
    /// The request's method.
    Method(Method<'a>),
    /// A header of the request.
    RequestHeader(HeaderName<'a>),
    /// `Cross-Origin-Resource-Policy`
    ResourcePolicy,
    /// Whether the server itself has responded.
    Response,
    /// Whether the response may redirect.
    Redirect,
    /// Where the response redirects to.
    Location,
}

impl Check<'_> {
    /// The step of the standard that makes this check.
    pub const fn step(&self) -> Step {
        use Algorithm::*;
        let (algorithm, number) = match (&self.verdict, self.subject) {
            (Err(error), _) => return error.step(),
            (Ok(()), Subject::AllowOrigin) => (CorsCheck, "1–4"),
            (Ok(()), Subject::AllowCredentials) => (CorsCheck, "5–8"),
            (Ok(()), Subject::PreflightStatus) => (CorsPreflightFetch, "7"),
            (Ok(()), Subject::AllowMethods | Subject::AllowHeaders) => (CorsPreflightFetch, "7.3"),
            (Ok(()), Subject::Method(_)) => (CorsPreflightFetch, "7.5"),
            (Ok(()), Subject::RequestHeader(_)) => (CorsPreflightFetch, "7.6–7.7"),
            (Ok(()), Subject::ResourcePolicy) => (CrossOriginResourcePolicyCheck, "5"),
            (Ok(()), Subject::Response) => (HttpNetworkOrCacheFetch, "16"),
            (Ok(()), Subject::Redirect) => (HttpFetch, "6.3"),
            (Ok(()), Subject::Location) => (HttpRedirectFetch, "5–11"),
        };
        Step::new(algorithm, number)
    }
}

impl Subject<'_> {
    fn is_of(self, reason: &Reason<'_>) -> bool {
        match reason {
            Reason::AllowOriginMissing
            | Reason::AllowOriginWildcardWithCredentials
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. } => self == Subject::AllowOrigin,
            Reason::AllowCredentialsNotTrue { .. } => self == Subject::AllowCredentials,
            Reason::PreflightStatusNotOk { .. } | Reason::PreflightRedirected { .. } => {
                self == Subject::PreflightStatus
            }
            Reason::AllowMethodsUnparsable(_) => self == Subject::AllowMethods,
            Reason::AllowHeadersUnparsable(_) => self == Subject::AllowHeaders,
            Reason::MethodNotAllowed { .. } => matches!(self, Subject::Method(_)),
            Reason::AuthorizationNotAllowed { .. } => self == Subject::RequestHeader(HeaderName::AUTHORIZATION),
            Reason::HeaderNotAllowed { name, .. } => self == Subject::RequestHeader(*name),
            Reason::CrossOriginResourcePolicy { .. } => self == Subject::ResourcePolicy,
            Reason::Network
            | Reason::HeaderValueInvalid { .. }
            | Reason::HeaderContradictory { .. }
            | Reason::StreamOverHttp1
            | Reason::StreamNotSupported
            | Reason::ProxyAuthenticationRequired => self == Subject::Response,
            _ => matches!(self, Subject::Redirect | Subject::Location),
        }
    }
}

impl<'a> Explanation<'a> {
    /// All checks of this step, in the order of the standard. The elements of a list that does not parse are not
    /// checked.
    pub fn checks(&self) -> impl Iterator<Item = Check<'a>> {
        let include = self.request.credentials_mode() == CredentialsMode::Include;
        let credentials = include.then_some(Subject::AllowCredentials);
        let (subjects, looked_into) = match &self.stage {
            Stage::Request => ([None; 6], false),
            Stage::Preflight(response) => {
                let parses = |name| response.headers.extract(name).is_ok();
                let methods_parse = parses(HeaderName::ACCESS_CONTROL_ALLOW_METHODS);
                let subjects = [
                    Some(Subject::AllowOrigin),
                    credentials,
                    Some(Subject::PreflightStatus),
                    Some(Subject::AllowMethods),
                    Some(Subject::AllowHeaders),
                    methods_parse.then_some(Subject::Method(self.request.method())),
                ];
                (subjects, parses(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS))
            }
            Stage::Response(response) => {
                let redirect = redirects(response, self.environment.profile).then_some(Subject::Redirect);
                let subjects = match self.request.response_tainting() {
                    ResponseTainting::Basic => [redirect, None, None, None, None, None],
                    ResponseTainting::Cors => [Some(Subject::AllowOrigin), credentials, redirect, None, None, None],
                    ResponseTainting::Opaque => [Some(Subject::ResourcePolicy), redirect, None, None, None, None],
                };
                (subjects, false)
            }
            Stage::Redirect(..) => ([Some(Subject::Location), None, None, None, None, None], false),
        };
        let request_headers = looked_into.then(|| self.request_header_checks());
        let check = |subject: Subject<'a>| {
            let failure = self.failures().find(|error| subject.is_of(&error.reason));
            Check { subject, verdict: failure.map_or(Ok(()), Err) }
        };
        // A check that only one browser makes is reported if it fails.
        let failing = |subject: &Subject<'a>| self.failures().any(|error| subject.is_of(&error.reason));
        let first = match self.stage {
            Stage::Preflight(_) => [Some(Subject::Response), Some(Subject::Redirect)],
            Stage::Response(_) => [Some(Subject::Response), None],
            Stage::Request | Stage::Redirect(..) => [None, None],
        };
        let first = first.into_iter().flatten().filter(failing);
        Steps(first.chain(subjects.into_iter().flatten()).map(check).chain(OptionIter(request_headers)))
    }

    /// The failed checks, in the order in which browsers find them, and then the others.
    fn request_header_checks(&self) -> impl Iterator<Item = Check<'a>> {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_HEADERS;
        let list = Names::as_read(self.response().and_then(|response| response.headers.get(name)));
        let refused = self.failures().filter_map(|error| {
            let name = match error.reason {
                Reason::HeaderNotAllowed { name, .. } => name,
                Reason::AuthorizationNotAllowed { .. } => HeaderName::AUTHORIZATION,
                _ => return None,
            };
            Some(Check { subject: Subject::RequestHeader(name), verdict: Err(error) })
        });
        let allowed = self.request_names().allowed_by(list);
        Steps(refused.chain(allowed.map(|name| Check { subject: Subject::RequestHeader(name), verdict: Ok(()) })))
    }
}

/// Writes the sentence for a passed check.
impl fmt::Display for Subject<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::AllowOrigin => formatter.write_str("`Access-Control-Allow-Origin` is the origin or a wildcard"),
            Subject::AllowCredentials => formatter.write_str("`Access-Control-Allow-Credentials` is `true`"),
            Subject::PreflightStatus => formatter.write_str("the status is from 200 to 299"),
            Subject::AllowMethods => formatter.write_str("`Access-Control-Allow-Methods` is a list or absent"),
            Subject::AllowHeaders => formatter.write_str("`Access-Control-Allow-Headers` is a list or absent"),
            Subject::Method(method) if method.is_cors_safelisted() => {
                write!(formatter, "the method `{method}` needs no permission")
            }
            Subject::Method(method) => write!(formatter, "the method `{method}` is allowed"),
            Subject::RequestHeader(name) => write!(formatter, "the header `{}` is allowed", name.lowercase()),
            Subject::ResourcePolicy => formatter.write_str("`Cross-Origin-Resource-Policy` lets the page embed it"),
            Subject::Response => formatter.write_str("the server itself has answered"),
            Subject::Redirect => formatter.write_str("the redirect mode and `Location` allow the redirect"),
            Subject::Location => formatter.write_str("`Location` is a URL that may be followed"),
        }
    }
}
