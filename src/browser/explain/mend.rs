//! Mends: the fewest changes to a response that make it pass.

use core::fmt::{self, Write};

use super::{Explanation, Stage};
use crate::{
    browser::{
        error::Reason,
        listed::{Listed, listed},
        profile::switches::AuthorizationUnderWildcard,
        request::{CredentialsMode, RedirectMode},
        response::Status,
        safelist::{CorsUnsafeRequestHeaderNames, cors_unsafe_request_header_names},
        url::Url,
    },
    grammar::{self, Elements},
    header::{HeaderName, HeaderValue},
    method::Method,
    origin::Origin,
};

/// One change to a response.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// It has this status.
    Status(Status),
    /// It does not redirect: it is the answer.
    WithoutRedirect,
    /// It has this header, once.
    Set(HeaderName<'static>, NewValue<'a>),
    /// It does not have this header.
    Remove(HeaderName<'static>),
}

impl Change<'_> {
    /// The status that the response is to have, if that is what changes.
    pub const fn status(&self) -> Option<Status> {
        match self {
            Change::Status(status) => Some(*status),
            Change::WithoutRedirect => Some(Status::OK),
            Change::Set(..) | Change::Remove(_) => None,
        }
    }

    /// The header that changes, if that is what does: all lines of its name go.
    pub const fn header_name(&self) -> Option<HeaderName<'static>> {
        match self {
            Change::Set(name, _) | Change::Remove(name) => Some(*name),
            Change::Status(_) | Change::WithoutRedirect => None,
        }
    }
}

/// Writes the header as it is to stand in the response, or what else is to be done.
impl fmt::Display for Change<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Status(status) => write!(formatter, "status {status}"),
            Change::WithoutRedirect => formatter.write_str("an answer at this URL, without a redirect"),
            Change::Set(name, value) => write!(formatter, "{}: {value}", Capitalized(*name)),
            Change::Remove(name) => write!(formatter, "no `{}`", Capitalized(*name)),
        }
    }
}

/// A header name as people write it.
pub(super) struct Capitalized<'a>(pub(super) HeaderName<'a>);

impl fmt::Display for Capitalized<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut starts_word = true;
        self.0.as_str().chars().try_for_each(|character| {
            let written = if starts_word { character.to_ascii_uppercase() } else { character };
            starts_word = character == '-';
            formatter.write_char(written)
        })
    }
}

/// The value of a header to be set; it writes itself.
#[derive(Clone, Copy, Debug)]
pub struct NewValue<'a>(Value<'a>);

#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Text(&'static str),
    Bytes(&'a [u8]),
    Origin(Origin<'a>),
    WithoutCredentials(Url<'a>),
    Methods(Kept<'a>, Option<Method<'a>>),
    HeaderNames(Kept<'a>, MissingNames<'a>),
}

impl fmt::Display for NewValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => formatter.write_str(text),
            Value::Bytes(bytes) => fmt::Display::fmt(&bytes.escape_ascii(), formatter),
            Value::Origin(origin) => fmt::Display::fmt(&origin, formatter),
            Value::WithoutCredentials(url) => {
                let (_, after_scheme) = grammar::split_once(url.as_str(), "://").unwrap_or_default();
                let path = grammar::split_before(after_scheme, b"/").1;
                write!(formatter, "{}{path}", url.origin())
            }
            Value::Methods(kept, added) => {
                let separator = write_list(formatter, kept.tokens())?;
                added.map_or(Ok(()), |method| write!(formatter, "{separator}{method}"))
            }
            Value::HeaderNames(kept, missing) => {
                let separator = write_list(formatter, kept.tokens())?;
                let separators = core::iter::once(separator).chain(core::iter::repeat(", "));
                separators
                    .zip(missing.iter(kept))
                    .try_for_each(|(separator, name)| write!(formatter, "{separator}{}", name.lowercase()))
            }
        }
    }
}

/// Writes `tokens` with commas, and gives what separates them from more.
fn write_list<'a>(
    formatter: &mut fmt::Formatter<'_>,
    tokens: impl Iterator<Item = &'a str>,
) -> Result<&'static str, fmt::Error> {
    let mut separator = "";
    for token in tokens {
        write!(formatter, "{separator}{token}")?;
        separator = ", ";
    }
    Ok(separator)
}

/// What stays of a list: its elements that are tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a>(Option<HeaderValue<'a>>);

impl<'a> Kept<'a> {
    fn tokens(self) -> impl Iterator<Item = &'a str> + Clone {
        self.0.into_iter().flat_map(HeaderValue::lines).flat_map(Elements::new).filter_map(grammar::token)
    }

    fn contains(self, wanted: &str) -> bool {
        self.tokens().any(|token| token == wanted)
    }
}

/// The header names to be added to a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct MissingNames<'a> {
    names: CorsUnsafeRequestHeaderNames<'a>,
    credentials_mode: CredentialsMode,
    authorization: AuthorizationUnderWildcard,
}

impl<'a> MissingNames<'a> {
    fn iter(self, kept: Kept<'a>) -> impl Iterator<Item = HeaderName<'a>> {
        let mut last = None;
        let names = self.names.iter().filter(move |name| last.replace(*name) != Some(*name));
        self.judged(names, kept).filter(|(_, allowed)| !allowed).map(|(name, _)| name)
    }

    /// The names that what is kept of the list allows.
    pub(super) fn allowed(self, kept: Kept<'a>) -> impl Iterator<Item = HeaderName<'a>> {
        self.judged(self.names.iter(), kept).filter(|(_, allowed)| *allowed).map(|(name, _)| name)
    }

    /// The names, each with whether what is kept of the list allows it.
    fn judged(
        self,
        names: impl Iterator<Item = HeaderName<'a>>,
        kept: Kept<'a>,
    ) -> impl Iterator<Item = (HeaderName<'a>, bool)> {
        let wildcard = self.credentials_mode != CredentialsMode::Include && kept.contains("*");
        let live = self.authorization == AuthorizationUnderWildcard::Covered;
        listed(names, kept.tokens().map(str::as_bytes)).map(move |(name, listed)| {
            let covered = wildcard && (live || !name.is_cors_non_wildcard_request_header_name());
            (name, covered || listed == Listed::Yes)
        })
    }
}

impl<'a> Explanation<'a> {
    /// The fewest changes to the response that make it pass: all of them together do, and fewer do not.
    ///
    /// There are none where nothing fails, and none where no response can help.
    pub fn mend(&self) -> impl Iterator<Item = Change<'a>> {
        // More kinds of changes than this there are not.
        let mut seen = [None; 8];
        let mut headers_seen = false;
        self.failures().filter_map(move |error| {
            // OPTIMIZATION: the change for one refused header is that for all, so it is worked out once.
            let of_header = matches!(error.reason, Reason::HeaderNotAllowed { .. });
            if of_header && core::mem::replace(&mut headers_seen, true) {
                return None;
            }
            let change = self.change(&error.reason)?;
            let target = Some((change.header_name(), change.status()));
            let place = seen.iter_mut().find(|seen| seen.is_none() || **seen == target)?;
            place.replace(target?).is_none().then_some(change)
        })
    }

    fn change(&self, reason: &Reason<'a>) -> Option<Change<'a>> {
        if let Stage::Redirect(_, location_url) = self.stage {
            let userinfo_alone =
                matches!(reason, Reason::RedirectUrlHasCredentials { .. }) && self.failures().count() == 1;
            return Some(match location_url {
                Some(url) if userinfo_alone && url.is_http() => {
                    Change::Set(HeaderName::LOCATION, NewValue(Value::WithoutCredentials(url)))
                }
                _ => Change::WithoutRedirect,
            });
        }
        let set = |name, value| Some(Change::Set(name, NewValue(value)));
        match reason {
            Reason::AllowOriginMissing
            | Reason::AllowOriginWildcardWithCredentials
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. } => set(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, self.allow_origin()),
            Reason::AllowCredentialsNotTrue { .. } => {
                set(HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS, Value::Text("true"))
            }
            Reason::PreflightStatusNotOk { .. } | Reason::PreflightRedirected { .. } => {
                Some(Change::Status(Status::NO_CONTENT))
            }
            Reason::ProxyAuthenticationRequired
            | Reason::LocationMultiple { .. }
            | Reason::LocationInvalid { .. }
            | Reason::RedirectSchemeNotHttp { .. }
                if matches!(self.stage, Stage::Preflight(_)) =>
            {
                Some(Change::Status(Status::NO_CONTENT))
            }
            Reason::ProxyAuthenticationRequired => Some(Change::Status(Status::OK)),
            Reason::AllowMethodsUnparsable(_) | Reason::MethodNotAllowed { .. } => Some(self.allow_methods()),
            Reason::AllowHeadersUnparsable(_)
            | Reason::AuthorizationNotAllowed { .. }
            | Reason::HeaderNotAllowed { .. } => Some(self.allow_headers()),
            Reason::CrossOriginResourcePolicy { .. } => {
                set(HeaderName::CROSS_ORIGIN_RESOURCE_POLICY, Value::Text("cross-origin"))
            }
            Reason::LocationMultiple { .. } if self.request.redirect_mode() == RedirectMode::Error => {
                Some(Change::WithoutRedirect)
            }
            Reason::LocationMultiple { value } => {
                set(HeaderName::LOCATION, Value::Bytes(value.lines().next().unwrap_or_default()))
            }
            Reason::HeaderContradictory { value }
                if value.name() == HeaderName::LOCATION
                    && self.request.redirect_mode() == RedirectMode::Error
                    && self.response().is_some_and(|response| response.status.is_redirect()) =>
            {
                Some(Change::WithoutRedirect)
            }
            Reason::HeaderContradictory { value } => {
                let name = [HeaderName::CONTENT_DISPOSITION, HeaderName::CONTENT_LENGTH, HeaderName::LOCATION]
                    .into_iter()
                    .find(|name| *name == value.name())?;
                match value.single() {
                    Some(_) => Some(Change::Remove(name)),
                    None => set(name, Value::Bytes(value.lines().next().unwrap_or_default())),
                }
            }
            Reason::RedirectModeError { .. }
            | Reason::LocationInvalid { .. }
            | Reason::RedirectSchemeNotHttp { .. }
            | Reason::RedirectUrlHasCredentials { .. } => Some(Change::WithoutRedirect),
            _ => None,
        }
    }

    fn allow_origin(&self) -> Value<'a> {
        let origin = self.request.serialized_origin();
        // `null` is the origin of every sandboxed page, so to name it lets in as many as `*` does.
        if origin.is_opaque() && self.request.credentials_mode() != CredentialsMode::Include {
            return Value::Text("*");
        }
        Value::Origin(origin)
    }

    /// Whether the response is to allow `null`.
    pub(super) fn mend_allows_null(&self) -> bool {
        self.mend()
            .any(|change| matches!(change, Change::Set(_, NewValue(Value::Origin(origin))) if origin.is_opaque()))
    }

    fn kept(&self, name: HeaderName<'static>) -> Kept<'a> {
        Kept(self.response().and_then(|response| response.headers.get(name)))
    }

    fn allow_methods(&self) -> Change<'a> {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_METHODS;
        let (method, kept) = (self.request.method(), self.kept(name));
        let wildcard = self.request.credentials_mode() != CredentialsMode::Include && kept.contains("*");
        let allowed = method.is_cors_safelisted() || wildcard || kept.contains(method.as_str());
        if allowed && kept.tokens().next().is_none() {
            return Change::Remove(name);
        }
        Change::Set(name, NewValue(Value::Methods(kept, (!allowed).then_some(method))))
    }

    /// What is to be allowed, and the list that is there.
    pub(super) fn missing_names(&self) -> (MissingNames<'a>, Kept<'a>) {
        let profile = self.environment.profile;
        let missing = MissingNames {
            names: cors_unsafe_request_header_names(self.request.headers(), profile),
            credentials_mode: self.request.credentials_mode(),
            authorization: profile.authorization_under_wildcard,
        };
        (missing, self.kept(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS))
    }

    fn allow_headers(&self) -> Change<'a> {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_HEADERS;
        let (missing, kept) = self.missing_names();
        if kept.tokens().next().is_none() && missing.iter(kept).next().is_none() {
            return Change::Remove(name);
        }
        Change::Set(name, NewValue(Value::HeaderNames(kept, missing)))
    }
}
