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
        Some(_) => Err(reader.error(&Expect::Eof.into())),
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

/// The start of a list or a map, or any other value as a whole.
// OPTIMIZATION: serde compiles its callbacks for each type that is read. Tokens are read by a function that is compiled
// once, which saves 1 KB.
enum Token<'t> {
    Null,
    Boolean(bool),
    Number(&'t str),
    Text(String),
    List,
    Map,
}

impl<'t> Reader<'t> {
    /// Reads the next token.
    fn token(&mut self) -> Result<Token<'t>, Error> {
        match self.lexer.ws_peek() {
            Some(b'{') => self.open(Token::Map),
            Some(b'[') => self.open(Token::List),
            Some(b'"') => {
                let text = self.lexer.discarded().str_string();
                text.map(|text| Token::Text(text.into_owned())).map_err(|error| self.error(&error.into()))
            }
            Some(b'-' | b'0'..=b'9') => match self.lexer.num_bytes().validated() {
                Ok((digits, _)) => Ok(Token::Number(core::str::from_utf8(digits).unwrap_or_default())),
                Err(error) => Err(self.error(&error.into())),
            },
            Some(b'a'..=b'z') => match self.lexer.null_or_bool() {
                Some(Some(boolean)) => Ok(Token::Boolean(boolean)),
                Some(None) => Ok(Token::Null),
                None => Err(self.error(&Expect::Value.into())),
            },
            _ => Err(self.error(&Expect::Value.into())),
        }
    }

    /// Reads the first byte of a list or a map.
    fn open(&mut self, token: Token<'t>) -> Result<Token<'t>, Error> {
        if self.depth == DEPTH {
            return Err(self.error(&hifijson::Error::Depth));
        }
        self.depth += 1;
        self.lexer.discarded();
        Ok(token)
    }

    fn expect(&mut self, byte: u8, expected: Expect) -> Result<(), Error> {
        self.lexer.expect(SliceLexer::ws_peek, byte).ok_or_else(|| self.error(&expected.into()))
    }

    /// An error where the reader is.
    fn error(&self, error: &hifijson::Error) -> Error {
        let read = self.text.len().saturating_sub(self.lexer.as_slice().len());
        let read = self.text.get(..read).unwrap_or_default();
        let lines = read.split(|byte| *byte == b'\n');
        let column = 1 + lines.clone().next_back().map_or(0, <[u8]>::len);
        Error(format!("{error} at line {}, column {column}", lines.count()))
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Boolean(boolean) => visitor.visit_bool(boolean),
            Token::Number(text) => visitor.visit_map(Elements { reader: self, place: Place::Number(text) }),
            Token::Text(text) => visitor.visit_string(text),
            Token::List => visitor.visit_seq(Elements { reader: self, place: Place::First }),
            Token::Map => visitor.visit_map(Elements { reader: self, place: Place::First }),
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
                reader.depth -= 1;
                *place = Place::End;
                return Ok(false);
            }
            Place::First if next.is_none() => return Err(reader.error(&Expect::ValueOrEnd.into())),
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
            return Err(self.reader.error(&Expect::String.into()));
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
