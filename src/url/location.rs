//! Parses `Location` with the `url` crate.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use super::encode_path;
use crate::{
    browser::{
        Profile, Redirect, Url,
        environment::LocationParses,
        profile::switches::{LocationBytes, UrlCharacters},
    },
    header::CombinedValue,
};

impl Redirect<'_> {
    /// Parses `Location` against the current URL as the browser does, and gives it that URL's fragment if it has none.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 3–4.
    pub fn parse_location(&self) -> Result<url::Url, url::ParseError> {
        location_url(self.base_url(), self.location(), self.environment().profile)
    }
}

/// Parses a `Location` against the current URL of a request as the browser does, and gives it that URL's fragment if it has
/// none.
///
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 3–4.
pub fn location_url(
    base: Url<'_>,
    location: CombinedValue<'_>,
    profile: &Profile,
) -> Result<url::Url, url::ParseError> {
    let base = url::Url::parse(base.as_str())?;
    let characters = profile.url_characters;
    let text = match profile.location_bytes {
        LocationBytes::Utf8 => from_utf8(location, characters),
        LocationBytes::Latin1 => from_latin1(location),
    };
    let mut location = join(&base, &text)?;
    encode_path(&mut location, characters);
    if location.fragment().is_none() {
        location.set_fragment(base.fragment());
    }
    Ok(location)
}

/// Parses `location` against `base`, for `Environment::parse_location`.
pub fn parse_location(base: Url<'_>, location: CombinedValue<'_>, with: &mut dyn FnMut(Url<'_>)) -> LocationParses {
    let text = from_utf8(location, UrlCharacters::AsInStandard);
    match url::Url::parse(base.as_str()).and_then(|base| join(&base, &text)) {
        Ok(url) => {
            if let Ok(url) = Url::try_from(&url) {
                with(url);
            }
            LocationParses::Yes
        }
        Err(_) => LocationParses::No,
    }
}

// AD-HOC: the standard passes bytes to the URL parser, which takes text. Most browsers decode UTF-8, and percent-encode bytes
// that are not UTF-8.
fn from_utf8(location: CombinedValue<'_>, characters: UrlCharacters) -> String {
    let location: Vec<u8> = location.bytes().collect();
    let mut text = String::new();
    for chunk in location.utf8_chunks() {
        for character in chunk.valid().chars() {
            if characters == UrlCharacters::ControlsEncodedInLocation && character.is_ascii_control() {
                percent_encode(character as u8, &mut text);
            } else {
                text.push(character);
            }
        }
        chunk.invalid().iter().for_each(|byte| percent_encode(*byte, &mut text));
    }
    text
}

// AD-HOC: libsoup replaces each byte that is not UTF-8 by U+FFFD, and WebKit reads the result as ISO-8859-1.
fn from_latin1(location: CombinedValue<'_>) -> String {
    let location: Vec<u8> = location.bytes().collect();
    let mut text = String::new();
    for chunk in location.utf8_chunks() {
        text.extend(chunk.valid().bytes().map(char::from));
        let replacement = "\u{FFFD}".bytes().map(char::from);
        chunk.invalid().iter().for_each(|_| text.extend(replacement.clone()));
    }
    text
}

fn join(base: &url::Url, text: &str) -> Result<url::Url, url::ParseError> {
    // AD-HOC: to the URL Standard, two or more slashes before a host are the same; the `url` crate takes more than two
    // for an empty host.
    let trimmed = text.trim_start_matches(|character: char| character <= ' ');
    let without_slashes = trimmed.trim_start_matches(['/', '\\']);
    if trimmed.len() - without_slashes.len() > 2 {
        return base.join(&(String::from("//") + without_slashes));
    }
    base.join(text)
}

/// <https://url.spec.whatwg.org/#percent-encode>
fn percent_encode(byte: u8, text: &mut String) {
    let hex = |digit: u8| char::from_digit(u32::from(digit), 16).unwrap_or_default().to_ascii_uppercase();
    text.extend(['%', hex(byte >> 4), hex(byte & 0xF)]);
}
