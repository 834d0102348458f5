//! The requests that the words of a command send.

use crate::{
    error::MistakeKind,
    exchange::HeaderLine,
    heads::header_line,
    place::Place,
    reader::Reader,
    request::PageBody,
    sent::{By, Sent},
};

use super::{
    Word,
    options::{Meaning, Options},
};

/// A request in the making.
#[derive(Default)]
struct Building {
    sent: Sent,
    data: Vec<String>,
    /// The options so far.
    given: Vec<Meaning>,
}

/// The requests of a command, whose words begin at this offset of the text.
pub(super) fn requests(reader: &mut Reader<'_>, options: Options, words: &[Word], offset: usize) -> Vec<Sent> {
    let place = Place::of(reader.text, offset);
    let mut rest = words.iter().skip(1);
    let (mut requests, mut building) = (Vec::new(), Building::default());
    while let Some(word) = rest.next() {
        let at = offset + word.start;
        let Some((options_of_word, value)) = split(options, word) else {
            reader.mistake_at(at, MistakeKind::UnknownOption);
            continue;
        };
        for meaning in options_of_word {
            if !meaning.takes_value() {
                if meaning == Meaning::Next {
                    requests.extend(core::mem::take(&mut building).finish(reader, place, offset));
                } else {
                    building.given.push(meaning);
                }
                continue;
            }
            let attached = value.clone().map(|value| (value, word.expansion.is_some()));
            let next = || rest.next().map(|word| (word.text.clone(), word.expansion.is_some()));
            let Some((value, expansion)) = attached.or_else(next) else {
                reader.mistake_at(at, MistakeKind::OptionValue);
                continue;
            };
            if expansion && matches!(meaning, Meaning::Url | Meaning::Method) {
                reader.mistake_at(at, MistakeKind::ShellExpansion);
            }
            building.value(reader, at, meaning, value);
        }
    }
    requests.extend(building.finish(reader, place, offset));
    requests
}

/// The options in a word, and the value that is attached to the last of them; `None` if one is unknown. A word without an
/// option is a URL.
pub(super) fn split(options: Options, word: &Word) -> Option<(Vec<Meaning>, Option<String>)> {
    let text = &*word.text;
    if let Some(name) = text.strip_prefix("--").filter(|name| !name.is_empty()) {
        let (name, value) = name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value.to_owned())));
        return Some((vec![options.long(name)?], value));
    }
    let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
        return Some((vec![Meaning::Url], Some(text.to_owned())));
    };
    let mut found = Vec::new();
    for (at, letter) in letters.char_indices() {
        let meaning = options.short(letter)?;
        found.push(meaning);
        if meaning.takes_value() {
            let attached = letters.get(at + letter.len_utf8()..).filter(|attached| !attached.is_empty());
            return Some((found, attached.map(str::to_owned)));
        }
    }
    Some((found, None))
}

/// The header that `Name: value` gives. `Name;` has an empty value, and `Name:` removes a header that the program would send.
pub(super) fn given_header(text: &str) -> Result<Option<HeaderLine>, MistakeKind> {
    let empty = text.strip_suffix(';').filter(|name| !name.contains(':')).map(|name| format!("{name}:"));
    let line = header_line(empty.as_deref().unwrap_or(text).as_bytes())?;
    Ok(Some(line).filter(|line| !line.value.is_empty() || empty.is_some()))
}

impl Building {
    fn has(&self, meaning: Meaning) -> bool {
        self.given.contains(&meaning)
    }

    fn value(&mut self, reader: &mut Reader<'_>, at: usize, meaning: Meaning, value: String) {
        self.given.push(meaning);
        match meaning {
            Meaning::Method => self.sent.method = Some(value),
            Meaning::Header => self.header(reader, at, &value),
            Meaning::Data | Meaning::DataUrlencode | Meaning::Json => self.data.push(value),
            Meaning::Cookie => self.line("Cookie", value),
            Meaning::UserAgent => self.line("User-Agent", value),
            Meaning::Referer => self.line("Referer", value),
            Meaning::User => self.line("Authorization", "Basic \u{2026}".into()),
            Meaning::Bearer => self.line("Authorization", format!("Bearer {value}")),
            Meaning::Range => self.line("Range", format!("bytes={value}")),
            Meaning::Url if self.sent.url.is_some() => reader.mistake_at(at, MistakeKind::SecondUrl),
            Meaning::Url => {
                // `curl` would make several URLs of brackets, so copies have a backslash before them.
                let value = ['[', ']', '{', '}']
                    .iter()
                    .fold(value, |url, sign| url.replace(&format!("\\{sign}"), &sign.to_string()));
                self.sent.url = Some(if value.contains("://") { value } else { format!("http://{value}") });
            }
            Meaning::File => reader.mistake_at(at, MistakeKind::FromFile),
            _ => {}
        }
    }

    fn line(&mut self, name: &str, value: String) {
        self.sent.lines.push(HeaderLine::new(name, value));
    }

    fn header(&mut self, reader: &mut Reader<'_>, at: usize, value: &str) {
        if value.starts_with('@') {
            return reader.mistake_at(at, MistakeKind::FromFile);
        }
        match given_header(value) {
            Ok(line) => self.sent.lines.extend(line),
            Err(kind) => reader.mistake_at(at, kind),
        }
    }

    fn finish(mut self, reader: &mut Reader<'_>, place: Place, offset: usize) -> Option<Sent> {
        let (get, form, upload) = (self.has(Meaning::Get), self.has(Meaning::Form), self.has(Meaning::Upload));
        let Some(url) = &mut self.sent.url else {
            reader.mistake_at(offset, MistakeKind::NoUrl);
            return None;
        };
        let has_data = !self.data.is_empty();
        let data = self.data.join("&");
        if get && has_data {
            let sign = if url.contains('?') { '&' } else { '?' };
            *url = format!("{url}{sign}{data}");
        } else if has_data {
            let default =
                if self.has(Meaning::Json) { "application/json" } else { "application/x-www-form-urlencoded" };
            if !self.sent.lines.iter().any(|line| line.is("content-type")) {
                self.line("Content-Type", default.into());
            }
            self.sent.body = Some(PageBody::Text(data));
        } else if form {
            self.sent.body = Some(PageBody::FormData);
        } else if upload {
            self.sent.body = Some(PageBody::Bytes);
        }
        let method = match () {
            () if self.has(Meaning::Head) => "HEAD",
            () if get => "GET",
            () if has_data || form => "POST",
            () if upload => "PUT",
            () => "GET",
        };
        self.sent.method.get_or_insert_with(|| method.into());
        Some(Sent { place, by: By::Command, ..self.sent })
    }
}
