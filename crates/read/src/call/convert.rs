//! Values as headers, bodies and words of requests.

use crate::{
    error::MistakeKind,
    note::NoteKind,
    request::{PageBody, PageHeader, PageValue},
};

use super::{
    Findings,
    value::{Data, Value},
};

/// The headers of an object, of a list of pairs, or of `new Headers(…)`.
pub(super) fn headers(value: &Value, findings: &mut Findings) -> Vec<PageHeader> {
    let mut headers = Vec::new();
    match &value.data {
        Data::Object(members) => {
            for member in members {
                if member.name == "..." || member.name == "[\u{2026}]" {
                    findings.mistake(member.value.at, MistakeKind::NotData, &member.value.shown());
                } else {
                    headers.push(header(&member.name, &member.value, findings));
                }
            }
        }
        Data::Array(pairs) => {
            for pair in pairs {
                match &pair.data {
                    Data::Array(pair) if matches!(&pair[..], [name, _] if name.text().is_some()) => {
                        let name = pair.first().and_then(Value::text).unwrap_or_default();
                        headers.extend(pair.get(1).map(|value| header(name, value, findings)));
                    }
                    _ => findings.mistake(pair.at, MistakeKind::NotData, &pair.shown()),
                }
            }
        }
        Data::Call { name, arguments } if name == "new Headers" || name == "new HttpHeaders" => {
            return arguments.first().map(|value| self::headers(value, findings)).unwrap_or_default();
        }
        Data::Word(_) => {}
        Data::Text { .. } | Data::Call { .. } | Data::Expression(_) => {
            findings.mistake(value.at, MistakeKind::NotData, &value.shown());
        }
    }
    headers
}

/// A header. An unknown value, such as a token in `Bearer …`, is kept as it is written, with a note.
pub(super) fn header(name: &str, value: &Value, findings: &mut Findings) -> PageHeader {
    let text = match &value.data {
        Data::Text { text, expressions } => {
            if let Some(expression) = expressions.first() {
                findings.note(value.at, NoteKind::ExpressionSupposed(expression.clone()));
            }
            text.clone()
        }
        Data::Word(word) => word.clone(),
        _ => {
            let shown = value.shown();
            findings.note(value.at, NoteKind::ExpressionSupposed(shown.clone()));
            shown
        }
    };
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    if bytes.is_none() && value.text().is_some() {
        findings.mistake(value.at, MistakeKind::NoByte, &text);
    }
    PageHeader { name: name.into(), value: PageValue::Given(bytes.unwrap_or_default()) }
}

/// The body; `None` for `null`.
pub(super) fn body(value: &Value, findings: &mut Findings) -> Option<PageBody> {
    match &value.data {
        Data::Text { text, .. } => Some(PageBody::Text(text.clone())),
        Data::Word(word) if matches!(&**word, "null" | "undefined") => None,
        Data::Word(word) => Some(PageBody::Text(word.clone())),
        Data::Call { name, arguments } => Some(match &**name {
            "JSON.stringify" | "String" | "qs.stringify" | "btoa" | "encodeURIComponent" => {
                PageBody::Text(String::new())
            }
            "new FormData" => PageBody::FormData,
            "new URLSearchParams" => PageBody::UrlSearchParams,
            "new Blob" | "new File" => {
                let options = arguments.iter().rev().find_map(|argument| argument.member("type"));
                PageBody::Blob(options.and_then(Value::text).unwrap_or_default().to_ascii_lowercase())
            }
            "new ReadableStream" => PageBody::Stream,
            "new ArrayBuffer" | "new DataView" => PageBody::Bytes,
            name if name.starts_with("new ") && name.ends_with("Array") => PageBody::Bytes,
            _ => supposed_text(value, findings),
        }),
        Data::Object(_) | Data::Array(_) => Some(PageBody::Text("[object Object]".into())),
        Data::Expression(_) => Some(supposed_text(value, findings)),
    }
}

fn supposed_text(value: &Value, findings: &mut Findings) -> PageBody {
    let supposed = format!("{}, taken for a string", value.shown());
    findings.note(value.at, NoteKind::ExpressionSupposed(supposed));
    PageBody::Text(String::new())
}

/// A word of an enumeration.
pub(super) fn word<T>(value: Option<&Value>, of: impl Fn(&str) -> Option<T>, findings: &mut Findings) -> Option<T> {
    let value = value.filter(|value| !value.is_word("undefined"))?;
    let Some(text) = value.text() else {
        findings.mistake(value.at, MistakeKind::NotData, &value.shown());
        return None;
    };
    let found = of(text);
    if found.is_none() {
        findings.mistake(value.at, MistakeKind::MemberValue, text);
    }
    found
}

/// The method as the page writes it.
pub(super) fn method(value: Option<&Value>, findings: &mut Findings) -> Option<String> {
    word(value, |text| Some(text.to_owned()), findings)
}

/// The absolute URL. A relative one is resolved against the page's origin, with a note.
pub(super) fn url(value: &Value, base: Option<&str>, findings: &mut Findings) -> Option<String> {
    let (text, expressions): (&str, &[String]) = match &value.data {
        Data::Text { text, expressions } => (text, expressions),
        Data::Call { name, arguments } if name == "new URL" || name == "new Request" => {
            let base = arguments.get(1).and_then(Value::text);
            return url(arguments.first()?, base, findings);
        }
        _ => {
            findings.mistake(value.at, MistakeKind::NotData, &value.shown());
            return None;
        }
    };
    let full = match base {
        Some(base) if !text.contains("://") => {
            format!("{}/{}", base.trim_end_matches('/'), text.trim_start_matches('/'))
        }
        _ => text.to_owned(),
    };
    // Unknown expressions may be in the path, but not before it.
    let authority = full.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match authority {
        Some(authority)
            if !expressions.iter().any(|expression| authority.contains(&**expression)) && !full.starts_with("${") =>
        {
            if let Some(expression) = expressions.first() {
                findings.note(value.at, NoteKind::ExpressionSupposed(expression.clone()));
            }
            let full = expressions.iter().fold(full, |full, expression| full.replace(&**expression, "1"));
            Some(full)
        }
        Some(_) => {
            findings.mistake(value.at, MistakeKind::NotData, text);
            None
        }
        None if expressions.is_empty() || !text.starts_with("${") => {
            findings.note(value.at, NoteKind::RelativeUrl(text.to_owned()));
            None
        }
        None => {
            findings.mistake(value.at, MistakeKind::NotData, text);
            None
        }
    }
}
