//! Commands of HTTPie, and of programs with the same command line: `http PUT https://api.example/items Origin:https://app.example a=1`.

use crate::{
    error::MistakeKind,
    exchange::HeaderLine,
    place::Place,
    reader::Reader,
    request::PageBody,
    sent::{By, Sent},
};

use super::{
    Word,
    apply::{given_header, split},
    options::{Meaning, Options},
};

/// The names of the programs. If a URL has no scheme, those that end with `s` use `https:`.
pub(crate) const PROGRAMS: [&str; 4] = ["http", "https", "xh", "xhs"];

/// The separators between the name of an item and its value. Of two that begin at one place, the longer one counts.
const SEPARATORS: [(&str, Item); 8] = [
    (":=@", Item::File),
    ("=@", Item::File),
    (":=", Item::Data),
    ("==", Item::Query),
    ("@", Item::Upload),
    ("=", Item::Data),
    (":", Item::Header),
    (";", Item::Header),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Header,
    Query,
    Data,
    /// Data that is read from a file.
    File,
    /// A file of a form.
    Upload,
}

/// The longest command, in bytes.
const COMMAND: usize = 4096;

/// Whether a line is such a command. The names are words of prose too, so a URL must follow: after options and a method alone.
pub(crate) fn is_command(line: &[u8]) -> bool {
    if !(line.starts_with(b"http") || line.starts_with(b"xh")) || line.len() > COMMAND {
        return false;
    }
    let Ok(line) = core::str::from_utf8(line) else { return false };
    let mut words = line.split_ascii_whitespace();
    let mut after_option = false;
    words.next().is_some_and(|word| PROGRAMS.contains(&word))
        && words.find_map(|word| {
            let word = word.trim_start_matches(['\'', '"']);
            let is_url = word.starts_with("http://") || word.starts_with("https://") || is_of_this_machine(word);
            let is_option = word.starts_with('-');
            let may_come_before = is_option || after_option || word.bytes().all(|byte| byte.is_ascii_uppercase());
            after_option = is_option;
            (is_url || !may_come_before).then_some(is_url)
        }) == Some(true)
}

/// `:8080/items`, `:/items`
fn is_of_this_machine(word: &str) -> bool {
    word.strip_prefix(':').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit() || first == '/'))
}

/// The request of a command, whose words begin at this offset of the text.
pub(super) fn request(reader: &mut Reader<'_>, words: &[Word], offset: usize) -> Option<Sent> {
    let place = Place::of(reader.text, offset);
    let (mut sent, mut form, mut has_data, mut query) = (Sent::default(), false, false, Vec::new());
    let mut rest = words.iter().skip(1).peekable();
    while let Some(word) = rest.next() {
        let (at, text) = (offset + word.start, word.text.as_str());
        let Some((meanings, value)) = split(Options::of_httpie(), word) else {
            reader.mistake_at(at, MistakeKind::UnknownOption);
            continue;
        };
        if meanings != [Meaning::Url] {
            for meaning in meanings {
                match meaning {
                    Meaning::Urlencoded => form = true,
                    Meaning::User => sent.lines.push(HeaderLine::new("Authorization", "Basic \u{2026}")),
                    _ => {}
                }
                if meaning.takes_value() && value.is_none() && rest.next().is_none() {
                    reader.mistake_at(at, MistakeKind::OptionValue);
                }
            }
            continue;
        }
        if sent.url.is_none() {
            let is_method = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
            if sent.method.is_none() && is_method && rest.peek().is_some() {
                sent.method = Some(text.to_ascii_uppercase());
                continue;
            }
            if word.expansion.is_some() {
                reader.mistake_at(at, MistakeKind::ShellExpansion);
            }
            sent.url = Some(url(text, words.first().map_or("http", |program| &program.text)));
            continue;
        }
        match item(text) {
            Some((Item::Header, ..)) => match given_header(text) {
                Ok(line) => sent.lines.extend(line),
                Err(kind) => reader.mistake_at(at, kind),
            },
            Some((Item::Query, name, value)) => query.push(format!("{name}={value}")),
            Some((Item::Data, ..)) => has_data = true,
            Some((Item::File, ..)) => reader.mistake_at(at, MistakeKind::FromFile),
            Some((Item::Upload, ..)) => (form, sent.body) = (true, Some(PageBody::FormData)),
            None => reader.mistake_at(at, MistakeKind::SecondUrl),
        }
    }
    let Some(url) = &mut sent.url else {
        reader.mistake_at(offset, MistakeKind::NoUrl);
        return None;
    };
    for pair in query {
        let sign = if url.contains('?') { '&' } else { '?' };
        *url = format!("{url}{sign}{pair}");
    }
    if has_data && sent.body.is_none() {
        let content_type = if form { "application/x-www-form-urlencoded" } else { "application/json" };
        if !sent.lines.iter().any(|line| line.is("content-type")) {
            sent.lines.push(HeaderLine::new("Content-Type", content_type));
        }
        sent.body = Some(PageBody::Text(String::new()));
    }
    let method = if sent.body.is_some() { "POST" } else { "GET" };
    sent.method.get_or_insert_with(|| method.into());
    Some(Sent { place, by: By::Command, ..sent })
}

/// The URL of `:8080/items` is on `localhost`.
fn url(text: &str, program: &str) -> String {
    let scheme = if program.ends_with('s') { "https" } else { "http" };
    match text.strip_prefix(':') {
        _ if text.contains("://") => text.to_owned(),
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_digit()) => format!("{scheme}://localhost:{rest}"),
        Some(rest) => format!("{scheme}://localhost{rest}"),
        None => format!("{scheme}://{text}"),
    }
}

/// The kind, the name and the value of an item, split at its first separator.
fn item(text: &str) -> Option<(Item, &str, &str)> {
    let (at, _) = text.char_indices().find(|(at, _)| {
        let rest = text.get(*at..).unwrap_or_default();
        SEPARATORS.iter().any(|(separator, _)| rest.starts_with(separator))
    })?;
    let (name, rest) = text.split_at_checked(at)?;
    let (separator, item) = SEPARATORS.iter().find(|(separator, _)| rest.starts_with(separator))?;
    (!name.is_empty()).then_some((*item, name, rest.get(separator.len()..)?))
}
