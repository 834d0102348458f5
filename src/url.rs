//! The `url` crate's URLs, and its parser for redirects.

extern crate alloc;

use alloc::string::String;
use core::str;

use crate::browser::{InvalidUrl, Redirect, Url};

impl<'a> TryFrom<&'a url::Url> for Url<'a> {
    type Error = InvalidUrl;

    /// Fails for URLs whose host only the `url` crate takes for one.
    fn try_from(url: &'a url::Url) -> Result<Self, InvalidUrl> {
        Url::new(url.as_str())
    }
}

impl Redirect<'_> {
    /// Parses `Location` against the current URL, and gives it that URL's fragment if it has none.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 3–4.
    pub fn parse_location(&self) -> Result<url::Url, url::ParseError> {
        let base = url::Url::parse(self.base_url().as_str())?;
        // AD-HOC: the standard gives the URL parser bytes, which takes text. Browsers take them for UTF-8.
        let mut location = match str::from_utf8(self.location()) {
            Ok(text) => base.join(text)?,
            Err(_) => base.join(&self.location().iter().copied().map(char::from).collect::<String>())?,
        };
        if location.fragment().is_none() {
            location.set_fragment(self.base_url().fragment());
        }
        Ok(location)
    }
}
