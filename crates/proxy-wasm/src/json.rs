//! JSON for serde, with the lexer of hifijson.
//!
//! A number stays text: nothing converts it to an `f64`.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt;

use hifijson::{Expect, SliceLexer, num::LexWrite as _, str::LexAlloc as _, token::Lex as _};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor},
    forward_to_deserialize_any,
};

/// The greatest depth of nested lists and maps.
const DEPTH: usize = 64;

/// Reads a text that consists of one value.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(text: &[u8]) -> Result<T, Error> {
    let mut reader = Reader { text, lexer: SliceLexer::new(text), depth: 0 };
    let value = T::deserialize(&mut reader)?;
    match reader.lexer.ws_peek() {
        None => Ok(value),
        Some(_) => Err(reader.error(Expect::Eof)),
    }
}

/// Why a text is not the expected value.
#[derive(Debug)]
pub(crate) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error(message.to_string())
    }

    // serde prints the value, which may link the code that prints an `f64`.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error(format!("it is not {expected}"))
    }
}

/// A text, and the position up to which it is read.
struct Reader<'t> {
    text: &'t [u8],
    lexer: SliceLexer<'t>,
    depth: usize,
}

impl Reader<'_> {
    /// An error at the current position.
    fn error(&self, error: impl Into<hifijson::Error>) -> Error {
        let read = self.text.len().saturating_sub(self.lexer.as_slice().len());
        let read = self.text.get(..read).unwrap_or_default();
        let lines = read.split(|byte| *byte == b'\n');
        let column = 1 + lines.clone().next_back().map_or(0, <[u8]>::len);
        Error(format!("{} at line {}, column {column}", error.into(), lines.count()))
    }

    fn expect(&mut self, byte: u8, expected: Expect) -> Result<(), Error> {
        self.lexer.expect(SliceLexer::ws_peek, byte).ok_or_else(|| self.error(expected))
    }

    /// Reads a list or a map. Its first byte is the next one.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == DEPTH {
            return Err(self.error(hifijson::Error::Depth));
        }
        self.depth += 1;
        self.lexer.discarded();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.lexer.ws_peek() {
            Some(b'{') => self.nested(|reader| visitor.visit_map(Elements { reader, place: Place::First })),
            Some(b'[') => self.nested(|reader| visitor.visit_seq(Elements { reader, place: Place::First })),
            Some(b'"') => match self.lexer.discarded().str_string() {
                Ok(text) => visitor.visit_str(&text),
                Err(error) => Err(self.error(hifijson::Error::Str(error))),
            },
            Some(b'-' | b'0'..=b'9') => match self.lexer.num_bytes().validated() {
                Ok((digits, _)) => {
                    let number = core::str::from_utf8(digits).unwrap_or_default();
                    visitor.visit_map(Elements { reader: self, place: Place::Number(number) })
                }
                Err(error) => Err(self.error(error)),
            },
            Some(b'a'..=b'z') => match self.lexer.null_or_bool() {
                Some(Some(boolean)) => visitor.visit_bool(boolean),
                Some(None) => visitor.visit_unit(),
                None => Err(self.error(Expect::Value)),
            },
            _ => Err(self.error(Expect::Value)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The elements of a list, or the fields of a map.
struct Elements<'r, 't> {
    reader: &'r mut Reader<'t>,
    place: Place<'t>,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Place<'t> {
    First,
    Later,
    /// A number with this text. It is passed on as serde_json does with its feature `arbitrary_precision`, because the
    /// library reads that form.
    Number(&'t str),
    End,
}

/// The name of the only field of a number in that form.
const NUMBER: &str = "$serde_json::private::Number";

impl Elements<'_, '_> {
    /// Whether there is another element. If there is none, this has read the end of the list or map.
    fn has_next(&mut self, end: u8) -> Result<bool, Error> {
        let Elements { reader, place } = self;
        let next = reader.lexer.ws_peek();
        match place {
            Place::End => return Ok(false),
            _ if next == Some(end) => {
                reader.lexer.discarded();
                *place = Place::End;
                return Ok(false);
            }
            Place::First if next.is_none() => return Err(reader.error(Expect::ValueOrEnd)),
            Place::Later => reader.expect(b',', Expect::CommaOrEnd)?,
            Place::First | Place::Number(_) => {}
        }
        *place = Place::Later;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if !self.has_next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if let Place::Number(_) = self.place {
            return seed.deserialize(NUMBER.into_deserializer()).map(Some);
        }
        if !self.has_next(b'}')? {
            return Ok(None);
        }
        if self.reader.lexer.ws_peek() != Some(b'"') {
            return Err(self.reader.error(Expect::String));
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        if let Place::Number(text) = self.place {
            self.place = Place::End;
            return seed.deserialize(text.into_deserializer());
        }
        self.reader.expect(b':', Expect::Colon)?;
        seed.deserialize(&mut *self.reader)
    }
}
