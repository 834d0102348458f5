//! The scenario's server.

use fetch_cors::{browser, header::Headers};

use super::form::{Rule, When};

/// The answer to a request for `url`, which has no userinfo or fragment. `before` is the number of equal requests that the
/// fetch has already made.
pub(super) fn answer<'a>(server: &'a [Rule], when: When, url: &str, fetch: usize, before: usize) -> &'a Rule {
    let fits = |rule: &&Rule| rule.when == when && rule.url == url && rule.fetch.is_none_or(|only| only == fetch);
    let mut answered = 0;
    let is_next = |rule: &&Rule| {
        let Some(times) = rule.times else { return true };
        answered += times;
        before < answered
    };
    let rule = server.iter().filter(fits).find(is_next);
    rule.unwrap_or_else(|| panic!("the case's server has no answer for {url}"))
}

impl Rule {
    /// Calls the function with the response; `None` if there is no response.
    pub(super) fn with_response<T>(&self, then: impl FnOnce(Option<&browser::Response<'_>>) -> T) -> T {
        let pairs = self.headers.pairs();
        let headers = Headers::from_pairs(&pairs);
        let response = self.status.map(|status| browser::Response::new(status, headers).expect("a status"));
        then(response.as_ref())
    }

    /// The result of parsing `location`.
    pub(super) fn location_url(&self, location: &[u8]) -> Option<String> {
        match self.location_url.as_deref() {
            None => Some(String::from_utf8(location.to_vec()).expect("`Location` is the URL itself")),
            Some("failure") => None,
            Some(url) => Some(url.to_owned()),
        }
    }
}

/// The URL as it is sent.
pub(super) fn on_the_wire(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_once('/').expect("an HTTP URL has a path");
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}/{path}")
}
