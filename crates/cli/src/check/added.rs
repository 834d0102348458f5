//! The headers that a browser adds to a page's request, other than `Origin`.

use fetch_cors::{
    browser::{
        Url,
        mixed_content::{MixedContent, MixedContentCategory, mixed_content},
        request::SameSite,
    },
    origin::Origin,
};

use super::transport::Line;
use crate::exchange::RegistrableDomains;

/// The headers that a browser adds to a page's request and that the model does not have, as far as servers read them.
///
/// <https://w3c.github.io/webappsec-fetch-metadata/>
pub fn added_headers(page: Origin<'_>, urls: &[String]) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![("accept-encoding".into(), b"gzip, deflate, br".into())];
    let Some(Ok(current)) = urls.last().map(|url| Url::new(url)) else { return lines };
    // A URL is potentially trustworthy if a page of `https` may request it: it is not mixed content.
    let secure_page = Origin::parse("https://page.invalid");
    let trustworthy = secure_page
        .is_ok_and(|page| mixed_content(page, current, MixedContentCategory::Blockable) == MixedContent::Absent);
    if trustworthy {
        lines.push(("sec-fetch-dest".into(), b"empty".into()));
        lines.push(("sec-fetch-mode".into(), b"cors".into()));
        lines.push(("sec-fetch-site".into(), relation(page, urls).into()));
    }
    // The default policy: a page of `https` sends no referrer to `http`.
    if !page.is_opaque() && (page.scheme() != "https" || current.scheme() == "https") {
        lines.push(("referer".into(), format!("{page}/").into()));
    }
    lines
}

/// The value of `Sec-Fetch-Site`: the most distant relation between the page and a URL of the redirect chain.
fn relation(page: Origin<'_>, urls: &[String]) -> &'static str {
    let mut relation = "same-origin";
    for url in urls.iter().filter_map(|url| Url::new(url).ok()) {
        let origin = url.origin();
        if page.is_opaque() || !RegistrableDomains.same_site(page, origin) {
            return "cross-site";
        }
        if page.to_string() != origin.to_string() {
            relation = "same-site";
        }
    }
    relation
}
