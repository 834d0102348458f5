//! An object alone, as a program prints it: a literal, with optional class names before its braces.

use super::{
    lexer::{Kind, tokens},
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
    let all = tokens(text);
    let is_brace = |at: usize| all.get(at).is_some_and(|token| token.kind == Kind::Sign('{'));
    // `headers: Headers {`
    let kept = all.iter().enumerate().filter(|(at, token)| token.kind != Kind::Word || !is_brace(at + 1));
    let kept: Vec<_> = kept.map(|(_, token)| token.clone()).collect();
    let mut values = Values::new(text, &kept);
    let value = Value { at: 0, data: values.object()? };
    Some((members(&value), values.end()))
}

fn members(value: &Value) -> Vec<(String, Printed)> {
    value.members().iter().map(|Member { name, value, .. }| (name.clone(), printed(value))).collect()
}

fn printed(value: &Value) -> Printed {
    match &value.data {
        Data::Word(word) if word.bytes().all(|byte| byte.is_ascii_digit()) => Printed::Number(word.clone()),
        Data::Object(_) => Printed::Object(members(value)),
        Data::Array(values) => {
            let lines: Option<Vec<String>> = values.iter().map(|value| value.text().map(str::to_owned)).collect();
            lines.map_or(Printed::Other, Printed::Lines)
        }
        _ => value.text().map_or(Printed::Other, |text| Printed::Lines(vec![text.to_owned()])),
    }
}
