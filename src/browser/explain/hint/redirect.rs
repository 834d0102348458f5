//! Hints on a redirect that is followed.

use super::{Hint, preflight::is_hsts};
use crate::{
    browser::{
        explain::{Explanation, Stage},
        request::Request,
        response::Response,
    },
    header::HeaderName,
};

impl<'a> Explanation<'a> {
    pub(super) fn redirect_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let (request, status) = (&self.request, response.status);
        let authorization = |request: &Request<'_>| request.headers().contains(HeaderName::AUTHORIZATION);
        let next = self.next_request();
        let drops = next.is_some_and(|next| authorization(request) && !authorization(&next));
        let becomes_get = next.is_some_and(|next| next.method() != request.method());
        let to_http = match self.stage {
            Stage::Redirect(_, Some(url)) => {
                let current = request.current_url();
                current.scheme() == "https" && url.scheme() == "http" && current.origin().host() == url.origin().host()
            }
            _ => false,
        };
        [
            is_hsts(response).then_some(Hint::Hsts),
            self.mixed_content().map(|_| Hint::MixedContent),
            to_http.then_some(Hint::RedirectToHttp),
            self.login().map(|_| Hint::RedirectToLogin),
            drops.then_some(Hint::RedirectDropsAuthorization),
            becomes_get.then_some(Hint::RedirectBecomesGet { method: request.method(), status }),
        ]
        .into_iter()
        .flatten()
    }
}
