//! The request of a fetch, as the page made it.

use fetch_cors::{
    browser::{
        Request, Url,
        request::{CredentialsMode, RequestMode},
    },
    origin::Origin,
};
use fetch_cors_read::{Api, har::Fetch};

use crate::explain::{self, Call};

/// Uses the request with these modes, and with `url` if one is given. `None` if the file has no URL and origin that a page can
/// have.
pub fn with_request<T>(
    fetch: &Fetch,
    mode: RequestMode,
    credentials: CredentialsMode,
    url: Option<&str>,
    use_it: impl FnOnce(Request<'_>) -> T,
) -> Option<T> {
    with_call(fetch, mode, credentials, url, |_, request| use_it(request))
}

/// Like [`with_request`], with the call in words as well.
pub fn with_call<T>(
    fetch: &Fetch,
    mode: RequestMode,
    credentials: CredentialsMode,
    url: Option<&str>,
    use_it: impl FnOnce(Vec<String>, Request<'_>) -> T,
) -> Option<T> {
    let mut page = fetch.request.clone();
    page.mode = Some(mode);
    page.credentials = Some(credentials);
    if page.destination.as_deref().is_some_and(|destination| destination == "empty") && page.api == Some(Api::Element) {
        page.api = None;
    }
    let parsed = url::Url::parse(url.or(page.url.as_deref())?).ok()?;
    let url = Url::try_from(&parsed).ok()?;
    let origin = Origin::parse(page.origin.as_deref()?).ok()?;
    let mut call = Call::of(&explain::Arguments::default(), &page).ok()?;
    // The recorded modes have priority over the defaults of elements.
    (call.mode, call.credentials) = (mode, credentials);
    let pairs = call.pairs();
    let request = call.request(&pairs, url, origin).ok()?;
    let words = call.in_words(origin, url, "");
    Some(use_it(words, request))
}
