//! An element of HTML that fetches: `<img crossorigin src="https://cdn.example/a.png">`.

use fetch_cors::browser::request::{CredentialsMode, RequestMode};

use crate::{
    error::MistakeKind,
    form::Form,
    lines::Cursor,
    note::{Note, NoteKind},
    reader::Reader,
    request::{Api, PageRequest},
};

/// The longest tag, in bytes.
const TAG: usize = 4_096;

/// The attributes of a tag, with their names in lower case.
struct Tag<'t> {
    name: String,
    attributes: Vec<(String, &'t str)>,
    /// The offset after it.
    end: usize,
}

impl<'t> Tag<'t> {
    /// The tag at the start of a text.
    fn of(text: &'t str) -> Option<Self> {
        let mut rest = text.strip_prefix('<')?;
        let mut tag = Tag { name: word(&mut rest), attributes: Vec::new(), end: 0 };
        loop {
            rest = rest.trim_start().trim_start_matches('/');
            if let Some(after) = rest.strip_prefix('>') {
                tag.end = text.len() - after.len();
                return (!tag.name.is_empty()).then_some(tag);
            }
            let name = word(&mut rest);
            if name.is_empty() {
                return None;
            }
            let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
            let value = match value {
                None => "",
                Some(value) => {
                    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
                    let (value, after) = match quote {
                        Some(quote) => value.get(1..)?.split_once(quote)?,
                        None => value.split_at(value.find([' ', '\t', '\n', '>']).unwrap_or(value.len())),
                    };
                    rest = after;
                    value
                }
            };
            tag.attributes.push((name, value));
        }
    }

    fn attribute(&self, name: &str) -> Option<&'t str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| *value)
    }

    /// The destination of its request, and the attribute with the URL.
    fn fetches(&self) -> Option<(&'static str, &'static str)> {
        let is = |name: &str, word: &str| self.attribute(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
        Some(match &*self.name {
            "img" => ("image", "src"),
            "video" => ("video", "src"),
            "audio" => ("audio", "src"),
            "script" => ("script", "src"),
            "iframe" => ("iframe", "src"),
            "link" if is("rel", "stylesheet") || is("as", "style") => ("style", "href"),
            "link" if is("as", "font") => ("font", "href"),
            "link" if is("rel", "modulepreload") || is("as", "script") => ("script", "href"),
            "link" if is("as", "image") => ("image", "href"),
            _ => return None,
        })
    }
}

/// Takes a word from the start of a text, in lower case.
fn word(rest: &mut &str) -> String {
    let length =
        rest.find(|character: char| !character.is_ascii_alphanumeric() && character != '-').unwrap_or(rest.len());
    let (word, after) = rest.split_at(length);
    *rest = after;
    word.to_ascii_lowercase()
}

/// The element that begins on the next line, and its tag's length in bytes.
fn tag<'t>(cursor: &Cursor<'t>) -> Option<Tag<'t>> {
    let rest = cursor.rest().trim_ascii_start();
    let bytes = rest.get(..TAG).unwrap_or(rest);
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => core::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
    };
    Tag::of(text).filter(|tag| tag.fetches().is_some_and(|(_, attribute)| tag.attribute(attribute).is_some()))
}

pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|line| line.trimmed().first() == Some(&b'<')) && tag(cursor).is_some()
}

pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let (Some(line), Some(tag)) = (cursor.peek(), tag(cursor)) else { return };
    let Some((destination, attribute)) = tag.fetches() else { return };
    reader.take_for(Form::Element);
    let url = tag.attribute(attribute).unwrap_or_default();
    if url.contains("{{") || url.contains("${") {
        reader.mistake(line.mistake(MistakeKind::NotData));
    }
    // The scheme of `//cdn.example/` is that of the page.
    let url = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    let is_relative = !url.contains("://");
    if is_relative {
        reader.notes.push(Note { place: Some(line.place()), kind: NoteKind::RelativeUrl(url.clone()) });
    }
    let is_module = tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("module"));
    let crossorigin = tag.attribute("crossorigin");
    let mode = match destination {
        "iframe" => RequestMode::Navigate,
        "font" => RequestMode::Cors,
        _ if is_module || crossorigin.is_some() || tag.attribute("rel") == Some("modulepreload") => RequestMode::Cors,
        _ => RequestMode::NoCors,
    };
    let includes = crossorigin.is_some_and(|value| value.eq_ignore_ascii_case("use-credentials"));
    let request = PageRequest {
        url: Some(url).filter(|_| !is_relative),
        api: Some(Api::Element),
        mode: Some(mode),
        credentials: includes.then_some(CredentialsMode::Include),
        destination: Some(destination.into()),
        ..PageRequest::default()
    };
    if reader.call.is_none() {
        reader.call = Some(request);
    }
    let end = cursor.offset() + line.indent() + tag.end;
    cursor.go_to(end);
    cursor.next();
}
