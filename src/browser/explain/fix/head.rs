//! Changes to a response whose head is refused by browsers.

use super::{Change, NewValue, Value};
use crate::{
    browser::{
        error::Reason,
        explain::{Explanation, Stage},
        http_network_fetch::{check_head, contradictory_headers, line_contradicts_itself},
        profile::switches::ErrorModeWithoutLocation,
        redirect::check_location_first,
        request::RedirectMode,
        response::Response,
    },
    grammar,
    header::HeaderName,
};

impl<'a> Explanation<'a> {
    /// The changes that make browsers accept the head of the response.
    pub(super) fn head_changes(&self) -> impl Iterator<Item = Change<'a>> {
        let response = self.refused_head();
        let nul = response.filter(|response| self.nul_is_left(response)).map(|_| Change::WithoutNul);
        let contradictory = move |response: Response<'a>| {
            let headers = contradictory_headers(response, self.environment.profile);
            headers.map(move |(name, value)| {
                let line = value.lines().next().unwrap_or_default();
                let no_line = name == HeaderName::LOCATION && self.location_is_removed()
                    || line_contradicts_itself(name, line, self.environment.profile);
                if no_line { Change::Remove(name) } else { Change::Set(name, NewValue(Value::Bytes(line))) }
            })
        };
        nul.into_iter().chain(response.into_iter().flat_map(contradictory))
    }

    /// The failure that a browser would find next if it accepted the head. [`Explanation::failures`] does not have it.
    pub(super) fn reason_behind_head(&self) -> Option<Reason<'a>> {
        let response = self.refused_head()?;
        if self.proxy_authentication_fails(&response) {
            return Some(Reason::ProxyAuthenticationRequired);
        }
        let location = check_location_first(&self.request, &response, self.environment);
        location.err().filter(|_| !self.location_contradicts_itself())
    }

    /// Whether a change to `Location`, which contradicts itself, is enough for this reason too.
    pub(super) fn head_change_is_enough(&self, reason: &Reason<'_>) -> bool {
        self.location_contradicts_itself()
            && match reason {
                Reason::LocationMultiple { .. } => true,
                // A redirect that leads nowhere is a response to some browsers.
                Reason::RedirectModeError { .. } => {
                    self.environment.profile.error_mode_without_location == ErrorModeWithoutLocation::Responds
                }
                _ => false,
            }
    }

    /// The response, if its head is refused.
    fn refused_head(&self) -> Option<Response<'a>> {
        let (Stage::Preflight(response) | Stage::Response(response)) = self.stage else { return None };
        check_head(&response, self.environment.profile).is_err().then_some(response)
    }

    fn location_contradicts_itself(&self) -> bool {
        self.refused_head().is_some_and(|response| {
            contradictory_headers(response, self.environment.profile).any(|(name, _)| name == HeaderName::LOCATION)
        })
    }

    /// Whether the response needs no `Location`: the redirect is not followed.
    fn location_is_removed(&self) -> bool {
        let is_redirect = self.response().is_some_and(|response| response.status.is_redirect());
        matches!(self.stage, Stage::Preflight(_)) || is_redirect && self.request.redirect_mode() == RedirectMode::Error
    }

    /// Whether a header has a NUL byte that no other change removes.
    fn nul_is_left(&self, response: &Response<'a>) -> bool {
        let is_written_anew = |name: HeaderName<'_>| {
            contradictory_headers(*response, self.environment.profile).any(|(written, _)| written == name)
                || self.failures().any(|error| {
                    self.change(&error.reason).and_then(|change| change.header_name()).is_some_and(|own| own == name)
                })
        };
        response.headers.iter().any(|header| grammar::has_byte(header.value, 0) && !is_written_anew(header.name))
    }
}
