//! Hints on the response to a request.

use super::{
    Hint,
    preflight::{is_hsts, leads_to_http},
};
use crate::{
    browser::{
        cross_origin_resource_policy::PolicySource,
        error::Reason,
        explain::{
            Explanation,
            fix::{Login, is_cors_response_header},
        },
        filter::{HiddenBecause, Visibility, filter},
        redirect::location_line,
        response::Response,
        route::Route,
    },
    header::HeaderName,
};

impl<'a> Explanation<'a> {
    pub(super) fn actual_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let status = response.status;
        let code = status.as_u16();
        let missing = self.fails_by(|reason| *reason == Reason::AllowOriginMissing);
        let login = self.login().filter(|_| self.failures().next().is_some());
        let no_credentials = self.fails_by(|reason| matches!(reason, Reason::AllowCredentialsNotTrue { value: None }))
            && self.failures().count() == 1;
        let url = self.request.current_url().without_fragment();
        let to_http = status.is_redirect()
            && location_line(response, self.environment.profile).is_some_and(|to| leads_to_http(url, to));
        let preflighted = matches!(self.route(), Some(Route::CorsWithPreflight(_)));
        let by_policy = |wanted: PolicySource| {
            self.failures().any(
                |error| matches!(error.reason, Reason::CrossOriginResourcePolicy { source, .. } if source == wanted),
            )
        };
        let not_listed = Visibility::Hidden(HiddenBecause::NotListed);
        let hidden = self.failures().next().is_none()
            && !status.is_redirect()
            && filter(&self.request, response, self.environment.profile)
                .verdicts()
                .any(|(header, visibility)| visibility == not_listed && !is_housekeeping(header.name));
        // An answer of a proxy, or of a server that has failed, seldom has a problem with CORS.
        let status_first = code >= 400;
        [
            is_hsts(response).then_some(Hint::Hsts),
            login.filter(|login| *login != Login::AfterRedirect).map(|_| Hint::RedirectToLogin),
            (missing && login.is_none() && status.is_redirect() && !is_hsts(response))
                .then_some(Hint::RedirectIsChecked),
            (missing && status_first).then_some(Hint::StatusFirst { status }),
            (missing && code == 304).then_some(Hint::NotModified),
            (missing && to_http).then_some(Hint::RedirectToHttp),
            ((missing || no_credentials) && preflighted && login.is_none() && !status.is_redirect())
                .then_some(Hint::OnlyOnPreflight),
            (missing && code >= 400).then_some(Hint::ErrorResponse { status }),
            by_policy(PolicySource::Header).then_some(Hint::ResourcePolicyByDefault),
            by_policy(PolicySource::EmbedderPolicy).then_some(Hint::EmbedderPolicy),
            hidden.then_some(Hint::ExposeHeaders),
        ]
        .into_iter()
        .flatten()
    }
}

/// Whether a header belongs to the protocol and is of no use to a script.
fn is_housekeeping(name: HeaderName<'_>) -> bool {
    ["connection", "date", "keep-alive", "server", "transfer-encoding", "vary", "via"]
        .iter()
        .any(|own| name.matches(own.as_bytes()))
        || is_cors_response_header(name)
}
