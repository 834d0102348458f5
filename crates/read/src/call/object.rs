//! An object alone, as a program prints it: a literal, with optional class names before its braces.

use super::{
    lexer::{Kind, Token, tokens},
    value::{Data, Member, Value, Values},
};

/// A member of a printed object.
#[derive(Clone, Debug)]
pub(crate) enum Printed {
    Lines(Vec<String>),
    Number(String),
    Object(Vec<(String, Printed)>),
    Other,
}

/// The members of the object that `text` begins with, and the offset after it.
pub(crate) fn object(text: &str) -> Option<(Vec<(String, Printed)>, usize)> {
    let kept = plain(&tokens(text));
    // `[["vary", "Origin"]]`, the entries of a map
    if text.starts_with('[') {
        let mut values = Values::new(text, &kept);
        let Data::Array(pairs) = values.value()?.data else { return None };
        let pair = |value: &Value| match &value.data {
            Data::Array(pair) => Some((pair.first()?.text()?.to_owned(), printed(pair.get(1)?))),
            _ => None,
        };
        return Some((pairs.iter().map(pair).collect::<Option<_>>()?, values.end()));
    }
    let mut values = Values::new(text, &kept);
    let value = Value { at: 0, data: values.object()? };
    Some((members(&value), values.end()))
}

/// The tokens without the classes before braces (`headers: Headers {`, `Object [AxiosHeaders] {`, `Map(2) {`), and with `:` in
/// place of the `=>` of a map.
fn plain(all: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(all.len());
    for (at, token) in all.iter().enumerate() {
        let is_after_name = |at: usize| {
            at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|name| matches!(name.kind, Kind::Text { .. }))
        };
        match token.kind {
            Kind::Sign('{') => without_class(&mut kept),
            Kind::Sign('=')
                if is_after_name(at) && all.get(at + 1).is_some_and(|next| next.kind == Kind::Sign('>')) =>
            {
                kept.push(Token { kind: Kind::Sign(':'), ..token.clone() });
                continue;
            }
            Kind::Sign('>') if at > 1 && is_after_name(at - 1) => continue,
            _ => {}
        }
        kept.push(token.clone());
    }
    kept
}

/// Removes the class at the end of the tokens.
fn without_class(kept: &mut Vec<Token>) {
    /// The longest part in brackets, in tokens.
    const BRACKETS: usize = 6;
    loop {
        let open = match kept.last().map(|token| &token.kind) {
            Some(Kind::Sign(']')) => '[',
            Some(Kind::Sign(')')) => '(',
            _ => break,
        };
        let length = kept.iter().rev().take(BRACKETS).position(|token| token.kind == Kind::Sign(open));
        let Some(length) = length else { return };
        kept.truncate(kept.len() - length - 1);
    }
    if kept.last().is_some_and(|token| token.kind == Kind::Word) {
        kept.pop();
    }
}

fn members(value: &Value) -> Vec<(String, Printed)> {
    value.members().iter().map(|Member { name, value, .. }| (name.clone(), printed(value))).collect()
}

fn printed(value: &Value) -> Printed {
    match &value.data {
        Data::Word(word) if word.bytes().all(|byte| byte.is_ascii_digit()) => Printed::Number(word.clone()),
        Data::Object(_) => Printed::Object(members(value)),
        // `[{ name: 'Vary', value: 'Origin' }]`
        Data::Array(values) if values.first().is_some_and(|value| value.member("name").is_some()) => {
            let pair =
                |value: &Value| Some((value.member("name")?.text()?.to_owned(), printed(value.member("value")?)));
            values.iter().map(pair).collect::<Option<Vec<_>>>().map_or(Printed::Other, Printed::Object)
        }
        Data::Array(values) => {
            let lines: Option<Vec<String>> = values.iter().map(|value| value.text().map(str::to_owned)).collect();
            lines.map_or(Printed::Other, Printed::Lines)
        }
        _ => value.text().map_or(Printed::Other, |text| Printed::Lines(vec![text.to_owned()])),
    }
}
