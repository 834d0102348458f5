//! Fixes: the fewest changes to a response that make it pass, and what the page could do instead.
//!
//! ```text
//! failures ──▶ Change, Change, …    all are needed: what the server must send
//!          └─▶ PageChange, …        each says whether it is enough
//! ```

mod change;
mod head;
mod list;
mod page;

pub(super) use change::Capitalized;
pub use change::{Change, HttpsUrl, NewValue};
pub(super) use list::{Names, RequestNames};
pub use page::{PageChange, Sufficiency};
pub(in crate::browser) use page::{is_added_by_libraries, is_cors_response_header};

use super::{
    Explanation, Stage,
    hint::is_hsts,
    login::{is_login, leads_to_login},
    names::meant,
};
use crate::{
    browser::{
        error::Reason,
        iterators::Steps,
        redirect::location_line,
        request::{CredentialsMode, RedirectMode},
        response::Status,
        safelist::cors_unsafe_request_header_names,
    },
    header::{Header, HeaderName},
};
use change::Value;

impl<'a> Explanation<'a> {
    /// The fewest changes to the response that make it pass: all of them together do, and fewer do not.
    ///
    /// The list is empty if nothing fails, or if no response can help. It never allows a response header that the page
    /// sends by mistake, and never opens a login page to other origins: in these cases the page must change. A redirect
    /// to a login page is replaced by a 401, which the page can read.
    pub fn fix(&self) -> impl Iterator<Item = Change<'a>> {
        // There are at most this many changes.
        let mut seen = [None; 8];
        let mut headers_seen = false;
        let login = self.login();
        // The browser itself makes this redirect, so no server can change it.
        let hsts = self.response().is_some_and(is_hsts);
        let failures = self.failures().map(|error| error.reason).chain(self.reason_behind_head());
        let for_failures = failures.filter(move |_| login != Some(Login::Here) && !hsts).filter_map(move |reason| {
            // OPTIMIZATION: one change names all refused headers, so it is made only for the first of them. n failures
            // cost one pass over the list instead of n.
            let of_header = matches!(reason, Reason::HeaderNotAllowed { .. });
            if of_header && core::mem::replace(&mut headers_seen, true) {
                return None;
            }
            let change = self.change(&reason)?;
            let target = Some((change.header_name(), change.status()));
            let place = seen.iter_mut().find(|seen| seen.is_none() || **seen == target)?;
            place.replace(target?).is_none().then_some(change)
        });
        let fails = self.failures().next().is_some();
        let for_login = match login {
            Some(Login::Next) if fails => Some(Change::Status(Status::UNAUTHORIZED)),
            Some(Login::Here) if fails => Some(Change::UnauthorizedInsteadOfRedirect),
            _ => None,
        };
        let upgraded = match self.stage {
            Stage::Redirect(_, Some(url)) if !fails && self.mixed_content().is_some() => {
                Some(Change::Set(HeaderName::LOCATION, NewValue(Value::Https(HttpsUrl(url)))))
            }
            _ => None,
        };
        let for_head = self.head_changes().filter(move |_| login != Some(Login::Here) && !hsts);
        Steps(for_login.into_iter().chain(for_head).chain(for_failures).chain(upgraded))
    }

    /// Whether a redirect leads or has led to a login page.
    pub(super) fn login(&self) -> Option<Login> {
        let url = self.request.current_url().without_fragment();
        if self.request.redirect_count() > 0 && is_login(url) {
            return Some(Login::Here);
        }
        match &self.stage {
            Stage::Response(response) => {
                let location = location_line(response, self.environment.profile)?;
                leads_to_login(url, location).then_some(Login::Next)
            }
            Stage::Redirect(_, Some(next)) => {
                leads_to_login(url, next.as_str().as_bytes()).then_some(Login::AfterRedirect)
            }
            Stage::Request | Stage::Preflight(_) | Stage::Redirect(_, None) => None,
        }
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
            Reason::LocationMultiple { .. } | Reason::RedirectModeError { .. }
                if self.head_change_is_enough(reason) =>
            {
                None
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
            Reason::HeaderNotAllowed { .. } if self.refuses_response_headers_alone() => None,
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
            Reason::RedirectModeError { .. }
            | Reason::LocationInvalid { .. }
            | Reason::RedirectSchemeNotHttp { .. }
            | Reason::RedirectUrlHasCredentials { .. } => Some(Change::WithoutRedirect),
            _ => None,
        }
    }

    /// Whether every refused request header is a response header that the page sends by mistake.
    fn refuses_response_headers_alone(&self) -> bool {
        let mut refused = self.failures().filter_map(|error| match error.reason {
            Reason::HeaderNotAllowed { name, .. } => Some(is_cors_response_header(name)),
            Reason::AuthorizationNotAllowed { .. } => Some(false),
            _ => None,
        });
        refused.all(|of_response| of_response)
    }

    fn allow_origin(&self) -> Value<'a> {
        let origin = self.request.serialized_origin();
        // Every sandboxed page has the origin `null`, so allowing it allows as many pages as `*` does.
        if origin.is_opaque() && self.request.credentials_mode() != CredentialsMode::Include {
            return Value::Text("*");
        }
        if self.request.credentials_mode() != CredentialsMode::Include && self.means_any_origin() {
            return Value::Text("*");
        }
        Value::Origin(origin)
    }

    /// Whether the response was meant to allow every origin: each of its values is `*`, with quotes or punctuation around it.
    fn means_any_origin(&self) -> bool {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN;
        let Some(value) = self.response().and_then(|response| response.headers.get(name)) else { return false };
        let mut stars = 0_u32;
        let is_star_or_punctuation = |byte: u8| {
            stars = stars.saturating_add(u32::from(byte == b'*'));
            matches!(byte, b'*' | b' ' | b',' | b';' | b'"' | b'\'' | b'`')
        };
        // `**` is the pattern of another syntax.
        let doubled = value.lines().any(|line| line.windows(2).any(|pair| pair == b"**"));
        value.bytes().all(is_star_or_punctuation) && stars > 0 && !doubled
    }

    /// Whether the fix allows `null`.
    pub(super) fn fix_allows_null(&self) -> bool {
        self.fix().any(|change| matches!(change, Change::Set(_, value) if value.is_null()))
    }

    /// The names in this list, or in a header whose name was probably meant to be this one.
    fn list(&self, name: HeaderName<'static>) -> Names<'a> {
        let Some(response) = self.response() else { return Names::as_meant(None) };
        let is_meant = |header: &Header<'a>| meant(header.name).is_some_and(|(_, meant)| meant == name);
        let misnamed = || response.headers.iter().find(is_meant).and_then(|header| response.headers.get(header.name));
        Names::as_meant(response.headers.get(name).or_else(misnamed))
    }

    fn allow_methods(&self) -> Change<'a> {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_METHODS;
        let (method, kept) = (self.request.method(), self.list(name));
        let wildcard = self.request.credentials_mode() != CredentialsMode::Include && kept.contains("*");
        let allowed = method.is_cors_safelisted() || wildcard || kept.contains(method.as_str());
        if allowed && kept.tokens().next().is_none() {
            return Change::Remove(name);
        }
        Change::Set(name, NewValue(Value::Methods(kept, (!allowed).then_some(method))))
    }

    /// The header names that a list must have.
    pub(super) fn request_names(&self) -> RequestNames<'a> {
        let profile = self.environment.profile;
        RequestNames {
            names: cors_unsafe_request_header_names(self.request.headers(), profile),
            credentials_mode: self.request.credentials_mode(),
            authorization: profile.authorization_under_wildcard,
        }
    }

    fn allow_headers(&self) -> Change<'a> {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_HEADERS;
        let (request, kept) = (self.request_names(), self.list(name));
        if kept.tokens().next().is_none() && request.missing_in(kept).next().is_none() {
            return Change::Remove(name);
        }
        Change::Set(name, NewValue(Value::HeaderNames(kept, request)))
    }
}

/// The place of a login page in a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// The current URL is one.
    Here,
    /// The response redirects to one.
    Next,
    /// The redirect that is being followed leads to one.
    AfterRedirect,
}
