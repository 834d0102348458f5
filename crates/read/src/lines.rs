//! The lines of a text, with their places.

use crate::{
    error::{Mistake, MistakeKind},
    place::Place,
};

/// A line, without its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    /// The offset in the text.
    pub(crate) start: usize,
    /// The number, counted from 1.
    pub(crate) number: usize,
    pub(crate) text: &'t [u8],
}

impl<'t> Line<'t> {
    /// The line without blanks before it and after it.
    pub(crate) fn trimmed(self) -> &'t [u8] {
        self.text.trim_ascii()
    }

    pub(crate) fn is_blank(self) -> bool {
        self.trimmed().is_empty()
    }

    /// How many blanks are before the text.
    pub(crate) fn indent(self) -> usize {
        self.text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    pub(crate) fn place(self) -> Place {
        Place { line: self.number, column: self.indent() + 1 }
    }

    pub(crate) fn mistake(self, kind: MistakeKind) -> Mistake {
        Mistake::at(self.place(), kind, self.trimmed())
    }
}

/// A position in a text. It moves line by line, up to an end.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
    number: usize,
}

impl<'t> Cursor<'t> {
    /// The lines of `text`.
    pub(crate) const fn new(text: &'t [u8]) -> Self {
        Cursor { text, at: 0, number: 1 }
    }

    /// These lines, up to an offset.
    pub(crate) fn up_to(mut self, end: usize) -> Self {
        self.text = self.text.get(..end).unwrap_or(self.text);
        self
    }

    pub(crate) const fn offset(&self) -> usize {
        self.at
    }

    /// The rest of the text.
    pub(crate) fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<Line<'t>> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let line = rest.get(..end)?;
        Some(Line { start: self.at, number: self.number, text: line.strip_suffix(b"\r").unwrap_or(line) })
    }

    /// Moves to an offset, which is not before this one.
    pub(crate) fn go_to(&mut self, offset: usize) {
        let passed = self.text.get(self.at..offset.min(self.text.len())).unwrap_or_default();
        self.number += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at += passed.len();
    }
}

impl<'t> Iterator for Cursor<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let line = self.peek()?;
        let rest = self.rest();
        let end = rest.iter().position(|byte| *byte == b'\n');
        self.number += usize::from(end.is_some());
        self.at += end.map_or(rest.len(), |end| end + 1);
        Some(line)
    }
}
