//! A value as it was given, of any type.

extern crate alloc;

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

/// Any value of a configuration.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    Null,
    Boolean(bool),
    Integer(i64),
    /// A number that is not written as an integer of 64 bits, and such an integer that it equals, if there is one.
    // OPTIMIZATION: it is its text and not an `f64`, so that a program whose reader gives no `f64` holds no code to print one: 20 KB of
    // WebAssembly.
    Decimal {
        text: String,
        whole: Option<i64>,
    },
    /// A date or a time of TOML, as it is written there.
    Date(String),
    Text(String),
    List(Vec<Given>),
    Map(Map),
}

/// A map with its fields in order, repeated ones too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Map(pub(super) Vec<(String, Given)>);

impl Map {
    pub(super) fn read<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<Given>()? {
            let name = match key {
                Given::Text(name) => name,
                other => alloc::format!("{other}"),
            };
            fields.push((name, map.next_value()?));
        }
        Ok(Map(fields))
    }
}

/// With its feature `arbitrary_precision`, serde_json gives a number as a map with this one field, whose value is the
/// number's text.
///
/// Another crate of the program may turn that feature on. Readers of other crates may do the same.
const NUMBER: &str = "$serde_json::private::Number";

/// The crate `toml` gives a date or a time as a map with this one field, whose value is its text.
const DATE: &str = "$__toml_private_datetime";

impl Given {
    /// A number, from its text.
    fn number(text: String) -> Self {
        if let Ok(number) = text.parse() {
            return Given::Integer(number);
        }
        let (before, after) = text.split_once('.').unwrap_or((&text, ""));
        let whole = after.bytes().all(|digit| digit == b'0').then(|| before.parse().ok()).flatten();
        Given::Decimal { text, whole }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Given, E> {
        Ok(Given::Boolean(boolean))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Given, E> {
        Ok(Given::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Given, E> {
        Ok(Given::number(alloc::format!("{number}")))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Given, E> {
        Ok(Given::number(alloc::format!("{number}")))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Given, E> {
        Ok(Given::number(alloc::format!("{number}")))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Given, E> {
        #[allow(clippy::cast_possible_truncation, reason = "a number out of range is out of range there too")]
        let whole = (number % 1.0 == 0.0).then_some(number as i64);
        // A number with a point keeps it, so that a report shows what is wrong with it.
        let point = if whole.is_some() { ".0" } else { "" };
        Ok(Given::Decimal { text: alloc::format!("{number}{point}"), whole })
    }

    fn visit_str<E>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Given, E> {
        Ok(Given::Text(text))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Given, E> {
        Ok(Given::Text(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn visit_none<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        Given::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        Given::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Given::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Given, A::Error> {
        let mut map = Map::read(map)?;
        match map.0.as_mut_slice() {
            [(name, Given::Text(text))] if name == NUMBER => Ok(Given::number(core::mem::take(text))),
            [(name, Given::Text(text))] if name == DATE => Ok(Given::Date(core::mem::take(text))),
            _ => Ok(Given::Map(map)),
        }
    }
}

/// Writes the value as JSON, so that a text differs from a number.
impl fmt::Display for Given {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Given::Null => formatter.write_str("null"),
            Given::Boolean(boolean) => fmt::Display::fmt(boolean, formatter),
            Given::Integer(number) => fmt::Display::fmt(number, formatter),
            Given::Decimal { text, .. } | Given::Date(text) => formatter.write_str(text),
            Given::Text(text) => write!(formatter, "\"{text}\""),
            Given::List(list) => {
                formatter.write_str("[")?;
                for (number, element) in list.iter().enumerate() {
                    write!(formatter, "{}{element}", if number == 0 { "" } else { ", " })?;
                }
                formatter.write_str("]")
            }
            Given::Map(Map(fields)) => {
                formatter.write_str("{")?;
                for (number, (name, value)) in fields.iter().enumerate() {
                    write!(formatter, "{}\"{name}\": {value}", if number == 0 { "" } else { ", " })?;
                }
                formatter.write_str("}")
            }
        }
    }
}
