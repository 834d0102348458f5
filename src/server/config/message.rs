//! The compiler's message for a mistake in a `const` policy.

use core::str;

use super::{
    error::{ConfigError, ConfigReason},
    suggestion::{Suggested, SuggestedValue, split_name},
};
use crate::grammar::const_bytes as bytes;

/// The longest message, in bytes. A longer one is cut.
const LIMIT: usize = 1024;

/// The longest part of a value that is repeated, in bytes.
const VALUE_LIMIT: usize = 128;

/// A text that is built at compile time, because `panic!` there takes no other.
pub(in crate::server) struct Message {
    text: [u8; LIMIT],
    length: usize,
}

impl Message {
    /// The error as [`Display`](core::fmt::Display) writes it, and how many more there are.
    pub(in crate::server) const fn of(error: &ConfigError<'_>, more: usize) -> Self {
        let mut message = Message { text: [0; LIMIT], length: 0 };
        message.push_text("rule ");
        message.push_number(error.rule);
        message.push_text(", `");
        message.push_text(error.field.name());
        message.push_text("`, ");
        message.push_number(error.index);
        message.push_text(": ");
        match error.reason {
            ConfigReason::StatusNotOk { status } | ConfigReason::StatusNotFinal { status } => {
                message.push_text("`");
                message.push_number(status as usize);
                message.push_text("`: ");
            }
            _ if error.value.is_empty() => {}
            _ => {
                message.push_text("`");
                message.push_escaped(error.value.as_bytes());
                message.push_text("`: ");
            }
        }
        message.push_text(error.reason.text());
        if let ConfigReason::NotAToken { offset } = error.reason {
            message.push_text(", at byte ");
            message.push_number(offset);
        }
        if let ConfigReason::Pattern(fault) = error.reason {
            message.push_text(", at byte ");
            message.push_number(fault.offset);
        }
        message.push_text(" (");
        message.push_text(error.reason.fix());
        match error.suggestion() {
            Some(SuggestedValue(Suggested::Pattern(suggestion))) => message.push_suggestion(suggestion.as_str()),
            Some(SuggestedValue(Suggested::Word(word))) => message.push_suggestion(word),
            Some(SuggestedValue(Suggested::Names(list))) => {
                let mut rest = list.as_bytes();
                let mut separator = ": `";
                while let Some((name, after)) = split_name(rest) {
                    message.push_text(separator);
                    message.push_escaped(name);
                    message.push_text("`");
                    rest = after;
                    separator = ", `";
                }
            }
            _ => {}
        }
        message.push_text(")");
        if more > 0 {
            message.push_text(", and ");
            message.push_number(more);
            message.push_text(" more: see `PolicyBuilder::errors`");
        }
        message
    }

    const fn push(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.text.split_at_mut_checked(self.length) {
            *slot = byte;
            self.length += 1;
        }
    }

    const fn push_text(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, tail @ ..] = rest {
            self.push(*byte);
            rest = tail;
        }
    }

    const fn push_suggestion(&mut self, text: &str) {
        self.push_text(": `");
        self.push_text(text);
        self.push_text("`");
    }

    /// Bytes that are not printable ASCII are escaped one by one.
    const fn push_escaped(&mut self, value: &[u8]) {
        let mut rest = bytes::split_at(value, VALUE_LIMIT).0;
        while let [byte, tail @ ..] = rest {
            match *byte {
                b'\n' => self.push_text("\\n"),
                b'\r' => self.push_text("\\r"),
                b'\t' => self.push_text("\\t"),
                b'\\' => self.push_text("\\\\"),
                b' '..=b'~' => self.push(*byte),
                _ => {
                    self.push_text("\\x");
                    self.push(hex(*byte >> 4));
                    self.push(hex(*byte & 0xF));
                }
            }
            rest = tail;
        }
        if value.len() > VALUE_LIMIT {
            self.push_text("...");
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "a digit is below 10")]
    const fn push_number(&mut self, number: usize) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        self.push(b'0' + (number % 10) as u8);
    }

    pub(in crate::server) const fn as_str(&self) -> &str {
        match str::from_utf8(bytes::split_at(&self.text, self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

const fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::server::{OriginPattern, Policy};
    use std::string::ToString;

    #[test]
    fn compile_error_has_the_text_of_the_config_error() {
        const LONG: &str = match str::from_utf8(&[b'a'; 200]) {
            Ok(text) => text,
            Err(_) => "",
        };
        let patterns = [
            OriginPattern::new("https://app.example/"),
            OriginPattern::new("HTTPS://App.Example:443/path"),
            OriginPattern::new("https://a\nb\u{202e}.example"),
            OriginPattern::new("http://app.example"),
            OriginPattern::new("*"),
        ];
        let builder = Policy::builder(&patterns).credentials().methods("PUT, put, TRACE, a b").preflight_status(302);
        for error in builder.errors() {
            let message = Message::of(&error, 0);
            if error.value.is_ascii() {
                assert_eq!(message.as_str(), error.to_string());
            }
            assert!(message.as_str().bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", message.as_str());
        }
        let long = [OriginPattern::new(LONG)];
        let error = Policy::builder(&long).build().unwrap_err();
        assert!(Message::of(&error, 7).as_str().ends_with("), and 7 more: see `PolicyBuilder::errors`"));
    }
}
