//! Heads as text: `name: value`, one a line, and an empty line at the end.

use core::fmt;

/// A line of a head.
pub type Line<'a> = (&'a str, &'a [u8]);

/// Takes the first line off a text. `None` if the text is empty.
pub fn next_line<'a>(text: &mut &'a [u8]) -> Option<&'a [u8]> {
    if text.is_empty() {
        return None;
    }
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    let (line, rest) = text.split_at_checked(end)?;
    *text = rest.get(1..).unwrap_or_default();
    Some(line)
}

/// Reads lines into `memory`, up to an empty line or the end, and returns how many there were. `None` if a line cannot be read, or
/// if there is no room for it.
pub fn read_lines<'a>(text: &mut &'a [u8], memory: &mut [Line<'a>]) -> Option<usize> {
    let mut count = 0;
    while let Some(line) = next_line(text).filter(|line| !line.is_empty()) {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = core::str::from_utf8(line.get(..colon)?).ok()?;
        *memory.get_mut(count)? = (name, line.get(colon + 1..)?.trim_ascii());
        count += 1;
    }
    Some(count)
}

/// Writes text into borrowed memory.
pub struct Output<'a> {
    memory: &'a mut [u8],
    length: usize,
}

impl<'a> Output<'a> {
    pub fn new(memory: &'a mut [u8]) -> Self {
        Output { memory, length: 0 }
    }

    pub fn length(&self) -> usize {
        self.length
    }

    /// Writes all of `bytes`; or nothing, and returns `None`, if they do not fit.
    pub fn write(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.length.checked_add(bytes.len())?;
        self.memory.get_mut(self.length..end)?.copy_from_slice(bytes);
        self.length = end;
        Some(())
    }

    /// Writes a status of three digits.
    pub fn write_status(&mut self, status: u16) -> Option<()> {
        let digit = |value: u16| b'0' + u8::try_from(value % 10).unwrap_or_default();
        self.write(&[digit(status / 100), digit(status / 10), digit(status)])
    }

    pub fn write_lines(&mut self, lines: &[Line<'_>]) -> Option<()> {
        for (name, value) in lines {
            self.write(name.as_bytes())?;
            self.write(b": ")?;
            self.write(value)?;
            self.write(b"\n")?;
        }
        Some(())
    }
}

impl fmt::Write for Output<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write(text.as_bytes()).ok_or(fmt::Error)
    }
}
