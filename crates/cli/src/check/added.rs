//! What a browser says of the page beside `Origin`.

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

/// What a browser adds to a request of a page beside the headers of the model, as far as servers look at it.
///
/// <https://w3c.github.io/webappsec-fetch-metadata/>
pub fn added_headers(page: Origin<'_>, urls: &[String]) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![("accept-encoding".into(), b"gzip, deflate, br".into())];
    let Some(Ok(current)) = urls.last().map(|url| Url::new(url)) else { return lines };
    // A URL is potentially trustworthy if a page of `https` may request it without mixed content.
    let secure_page = Origin::parse("https://page.invalid");
    let trustworthy = secure_page
        .is_ok_and(|page| mixed_content(page, current, MixedContentCategory::Blockable) == MixedContent::Absent);
    if trustworthy {
        lines.push(("sec-fetch-dest".into(), b"empty".into()));
        lines.push(("sec-fetch-mode".into(), b"cors".into()));
        lines.push(("sec-fetch-site".into(), relation(page, urls).into()));
    }
    // The default policy: a page of `https` says nothing over `http`.
    if !page.is_opaque() && (page.scheme() != "https" || current.scheme() == "https") {
        lines.push(("referer".into(), format!("{page}/").into()));
    }
    lines
}

/// The value of `Sec-Fetch-Site`: of all URLs of the redirect chain, what is furthest from the page.
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
