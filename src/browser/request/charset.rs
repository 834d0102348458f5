//! XMLHttpRequest's rewriting of the charset in a page's `Content-Type`.

use super::{RequestHeaders, combined::CombinedBytes, mime_type::MimeType};
use crate::{
    browser::{
        iterators::OptionIter,
        profile::switches::{CharsetRewriting, RepeatedParameters},
    },
    grammar,
    header::HeaderName,
};

/// Whether XMLHttpRequest encodes the body in UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum EncodedBody {
    /// No: there is no body, or its bytes are the page's.
    #[default]
    No,
    /// Yes: it is a string or a `Document`.
    Text,
    /// Yes: it is a `URLSearchParams`.
    UrlSearchParams,
}

const CHARSET: &[u8] = b"charset";
const UTF_8: &[u8] = b"UTF-8";

/// The page's `Content-Type` with another charset.
///
/// <https://xhr.spec.whatwg.org/#the-send()-method>, 4.5.1.
pub(super) fn rewritten_content_type(
    headers: RequestHeaders<'_>,
    body: EncodedBody,
    rewriting: CharsetRewriting,
    repeated: RepeatedParameters,
) -> Option<impl Iterator<Item = u8> + Clone + use<'_>> {
    // OPTIMIZATION: a value without `;` has no parameters, so it is not parsed.
    let has_parameters = |value: &[u8]| grammar::has_byte(value, b';');
    if body == EncodedBody::No
        || !headers.iter().any(|header| header.name == HeaderName::CONTENT_TYPE && has_parameters(header.value))
    {
        return None;
    }
    let value = CombinedBytes::of(headers, HeaderName::CONTENT_TYPE)?;
    let in_place = match (rewriting, body) {
        (CharsetRewriting::InPlace, _) => Some(Find::Word),
        (CharsetRewriting::InPlaceForUrlSearchParams, EncodedBody::UrlSearchParams) => Some(Find::Parameter),
        _ => None,
    };
    if let Some(find) = in_place {
        if find == Find::Parameter && !value.clone().take_while(|byte| *byte != b';').any(|byte| byte == b'/') {
            return None;
        }
        let replaced = Replaced {
            rest: value,
            find,
            kept: 0,
            dropped: None,
            inserted: b"",
            before: None,
            in_quotes: false,
            escaped: false,
        };
        return Some(OptionIter(Some(replaced)).chain(OptionIter(None)));
    }
    // 1.
    let mime_type = MimeType::parse(value)?;
    // 2.
    let charset = mime_type.parameter(CHARSET, repeated)?;
    let mut charset = charset.bytes().map(|byte| byte.to_ascii_uppercase()).peekable();
    let is_empty = charset.peek().is_none();
    let is_utf_8 = charset.eq(UTF_8.iter().copied());
    let is_kept = is_utf_8 || is_empty && rewriting == CharsetRewriting::SerializedUnlessEmpty;
    (!is_kept).then(|| OptionIter(None).chain(OptionIter(Some(mime_type.serialize_with(CHARSET, UTF_8, repeated)))))
}

// AD-HOC: the text that a browser replaces as the charset, if it edits the value in place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Find {
    /// Chromium: the text after the word `charset`, blanks, `=`, and blanks and quotes.
    Word,
    /// Firefox: the whole value of a parameter `charset` that is not UTF-8.
    Parameter,
    /// No further text.
    Nothing,
}

/// A value whose charsets are being replaced.
#[derive(Clone)]
struct Replaced<'a> {
    rest: CombinedBytes<'a>,
    find: Find,
    /// How many bytes are kept before those that are dropped.
    kept: usize,
    /// How many bytes the new charset replaces; `None` if there is none to replace.
    dropped: Option<usize>,
    inserted: &'static [u8],
    before: Option<u8>,
    in_quotes: bool,
    escaped: bool,
}

impl Iterator for Replaced<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let [byte, rest @ ..] = self.inserted {
            self.inserted = rest;
            return Some(*byte);
        }
        if self.kept == 0 {
            self.look();
        }
        self.kept = self.kept.saturating_sub(1);
        let byte = self.rest.next()?;
        self.in_quotes ^= byte == b'"' && !self.escaped;
        self.escaped = self.in_quotes && byte == b'\\' && !self.escaped;
        self.before = Some(byte);
        if self.kept == 0
            && let Some(dropped) = self.dropped.take()
        {
            self.rest.by_ref().take(dropped).for_each(drop);
            (self.inserted, self.before) = (UTF_8, UTF_8.last().copied());
        }
        Some(byte)
    }
}

impl Replaced<'_> {
    /// Looks for a charset at the next byte.
    fn look(&mut self) {
        match self.find {
            Find::Word => self.look_for_word(),
            Find::Parameter if self.rest.peek() == Some(b';') && !self.in_quotes => self.look_for_parameter(),
            Find::Parameter | Find::Nothing => {}
        }
    }

    fn look_for_word(&mut self) {
        let mut ahead = self.rest.clone();
        if !starts_with(&mut ahead, CHARSET) {
            return;
        }
        match self.before {
            None => self.find = Find::Nothing,
            Some(before) if before > b' ' && before != b';' => self.kept = CHARSET.len(),
            Some(_) => {
                let blanks = ahead.skip_class(|byte| byte <= b' ');
                self.kept = CHARSET.len() + blanks + 1;
                if ahead.next() != Some(b'=') {
                    return;
                }
                self.kept += ahead.skip_class(|byte| byte <= b' ' || matches!(byte, b'"' | b'\''));
                match ahead.skip_class(|byte| byte > b' ' && !matches!(byte, b'"' | b'\'' | b';')) {
                    0 => self.find = Find::Nothing,
                    length => self.dropped = Some(length),
                }
            }
        }
    }

    fn look_for_parameter(&mut self) {
        let mut ahead = self.rest.clone();
        ahead.next();
        let blanks = ahead.skip_class(|byte| matches!(byte, b' ' | b'\t'));
        if !starts_with(&mut ahead, b"charset=") {
            return;
        }
        let kept = ";".len() + blanks + "charset=".len();
        let value = ahead.clone();
        let (mut length, mut in_quotes) = (0, false);
        while let Some(byte) = ahead.next().filter(|byte| in_quotes || !matches!(byte, b';' | b',')) {
            in_quotes ^= byte == b'"';
            length += 1;
        }
        if value.take(length).map(|byte| byte.to_ascii_uppercase()).eq(UTF_8.iter().copied()) {
            return;
        }
        (self.kept, self.dropped) = (kept, Some(length));
    }
}

fn starts_with(bytes: &mut CombinedBytes<'_>, word: &[u8]) -> bool {
    word.iter().all(|byte| bytes.next().is_some_and(|own| own.eq_ignore_ascii_case(byte)))
}
