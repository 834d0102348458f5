//! The browsers' own ids and console lines, in both directions.
//!
//! [`known_message`] reads a pasted line. In the other direction, a [`FailedExchange`] gives the console line that WebKit
//! prints, and a [`Reason`](super::Reason) has the ids of Chromium and Firefox.

mod blocked;
mod chromium;
mod firefox;
mod known;
mod webkit;

pub use known::{KnownMessage, Message, MessageFix, MessageLanguage, MessageOf, Quoted, known_message};
pub use webkit::{FailedExchange, WebKitCannotLoad, WebKitLine};

use core::fmt::{self, Write};

use crate::{
    header::{CombinedValue, HeaderName},
    method::Method,
};

/// What a browser's console or protocol reports for a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ConsoleMessage<'a> {
    /// The browser's id of the failure.
    pub id: &'static str,
    /// The value that the message quotes.
    pub parameter: Option<Parameter<'a>>,
}

impl<'a> ConsoleMessage<'a> {
    const fn new(id: &'static str) -> Self {
        ConsoleMessage { id, parameter: None }
    }

    const fn quoting(id: &'static str, parameter: Parameter<'a>) -> Self {
        ConsoleMessage { id, parameter: Some(parameter) }
    }
}

/// The value that a browser quotes from a failed exchange. It writes itself as the browser does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameter<'a> {
    /// A header's value, byte for byte as ISO-8859-1.
    Latin1Value(CombinedValue<'a>),
    /// A header's value, as UTF-8 with replacement characters.
    Utf8Value(CombinedValue<'a>),
    /// An element of a list, as UTF-8 with replacement characters.
    Utf8Element(&'a [u8]),
    /// A method.
    Method(Method<'a>),
    /// A header's name, in lower case.
    Name(HeaderName<'a>),
}

impl fmt::Display for Parameter<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Parameter::Latin1Value(value) => value.bytes().try_for_each(|byte| formatter.write_char(char::from(byte))),
            Parameter::Utf8Value(value) => {
                for (number, line) in value.lines().enumerate() {
                    formatter.write_str(if number == 0 { "" } else { ", " })?;
                    write_utf8(line, formatter)?;
                }
                Ok(())
            }
            Parameter::Utf8Element(bytes) => write_utf8(bytes, formatter),
            Parameter::Method(method) => fmt::Display::fmt(method, formatter),
            Parameter::Name(name) => fmt::Display::fmt(&name.lowercase(), formatter),
        }
    }
}

fn write_utf8(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.utf8_chunks().try_for_each(|chunk| {
        formatter.write_str(chunk.valid())?;
        if chunk.invalid().is_empty() { Ok(()) } else { formatter.write_char(char::REPLACEMENT_CHARACTER) }
    })
}
