//! The `url` crate's URLs and its parser. The URLs that pages fetch are here; `Location` is in `location.rs`.

use crate::browser::{Profile, Url, profile::switches::UrlCharacters, url::InvalidUrl};

mod location;

pub use location::{location_url, parse_location};

impl<'a> TryFrom<&'a url::Url> for Url<'a> {
    type Error = InvalidUrl;

    /// Fails for a URL whose host only the `url` crate accepts.
    fn try_from(url: &'a url::Url) -> Result<Self, InvalidUrl> {
        Url::new(url.as_str())
    }
}

/// Parses the URL that a page fetches, as the browser does.
///
/// <https://url.spec.whatwg.org/#concept-url-parser>
///
/// ```
/// use fetch_cors::browser::{Profile, parse_url};
///
/// let path = |profile| parse_url("https://api.example/a^b|c", profile).unwrap().path().to_owned();
/// assert_eq!(path(&Profile::FETCH), "/a%5Eb|c");
/// assert_eq!(path(&Profile::CHROMIUM), "/a%5Eb%7Cc");
/// ```
pub fn parse_url(text: &str, profile: &Profile) -> Result<url::Url, url::ParseError> {
    let mut url = url::Url::parse(text)?;
    encode_path(&mut url, profile.url_characters);
    Ok(url)
}

/// Percent-encodes the characters of a path that the `url` crate leaves.
fn encode_path(url: &mut url::Url, characters: UrlCharacters) {
    let bar = characters == UrlCharacters::VerticalBarEncoded;
    let path = url.path();
    if url.cannot_be_a_base() || !path.contains(|character| character == '^' || bar && character == '|') {
        return;
    }
    // AD-HOC: `^` is in the path percent-encode set. The `url` crate has an older set.
    let path = path.replace('^', "%5E");
    let path = if bar { path.replace('|', "%7C") } else { path };
    url.set_path(&path);
}
