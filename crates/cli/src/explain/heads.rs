//! Response heads, as `curl -i` prints them.

use fetch_cors::browser::{Profile, profile::switches::BlankBeforeColon};

/// The name and the value of a header.
pub type Line = (String, Vec<u8>);

/// The head of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Where it stands, for people.
    pub place: String,
    pub status: u16,
    pub lines: Vec<Line>,
    /// The numbers of those lines that have a blank before their colon.
    pub blank_before_colon: Vec<usize>,
}

impl Head {
    /// The lines as a browser takes them.
    pub fn lines_in(&self, profile: &Profile) -> Vec<Line> {
        let dropped = |number: &usize| {
            profile.blank_before_colon == BlankBeforeColon::Dropped && self.blank_before_colon.contains(number)
        };
        self.lines.iter().enumerate().filter(|(number, _)| !dropped(number)).map(|(_, line)| line.clone()).collect()
    }
}

/// The heads in `input`, interim ones and bodies left out.
pub fn parse(input: &[u8], source: &str) -> Result<Vec<Head>, String> {
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let mut lines = Lines { input, at: 0 };
    let mut heads = Vec::new();
    while let Some(start) = lines.next_head(heads.is_empty(), source)? {
        lines.at = start;
        let place = format!("{source}:{}", lines.number());
        let status_line = lines.next().unwrap_or_default();
        let (status, phrase) = status_line_of(status_line).ok_or_else(|| format!("{place}: no status line"))?;
        let (header_lines, blank_before_colon) = header_lines(&mut lines, source)?;
        let head = Head { place, status, lines: header_lines, blank_before_colon };
        // A proxy's answer to CONNECT is none of the server's.
        let tunnel = status == 200 && phrase.eq_ignore_ascii_case(b"connection established");
        if !(100..=199).contains(&status) && !tunnel {
            lines.skip_body(&head);
            heads.push(head);
        }
    }
    Ok(heads)
}

/// The lines up to the empty one, or the end.
fn header_lines(lines: &mut Lines<'_>, source: &str) -> Result<(Vec<Line>, Vec<usize>), String> {
    let mut headers: Vec<Line> = Vec::new();
    let mut blank_before_colon = Vec::new();
    loop {
        let start = lines.at;
        let line = match lines.next() {
            None | Some(b"") => return Ok((headers, blank_before_colon)),
            Some(line) => line,
        };
        let number = || lines.number_at(start);
        let invalid = |what: &str| Err(format!("{source}:{}: {what}: `{}`", number(), shortened(line)));
        if let ([b' ' | b'\t', ..], Some((_, value))) = (line, headers.last_mut()) {
            // A folded line goes on with the value before it.
            value.push(b' ');
            value.extend(line.trim_ascii());
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return invalid("no empty line after the head, or a header without a colon");
        };
        let (name, value) = line.split_at_checked(colon).unwrap_or_default();
        let without_blank = name.trim_ascii_end();
        let has_blank = without_blank.len() < name.len();
        match core::str::from_utf8(without_blank) {
            Ok(name) if fetch_cors::header::HeaderName::new(name).is_ok() => {
                if has_blank {
                    blank_before_colon.push(headers.len());
                }
                headers.push((name.into(), value.get(1..).unwrap_or_default().trim_ascii().into()));
            }
            _ => return invalid("what comes before the colon is not a header name"),
        }
    }
}

/// The status and the phrase of `HTTP/1.1 204 No Content`, `HTTP/2 204`.
fn status_line_of(line: &[u8]) -> Option<(u16, &[u8])> {
    let (version, rest) = line.strip_prefix(b"HTTP/")?.split_once_at_blank()?;
    let is_version = matches!(version, [digit] if digit.is_ascii_digit())
        || matches!(version, [major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit());
    let (status, phrase) = rest.split_at_checked(3)?;
    let digits = status.iter().all(u8::is_ascii_digit);
    let ends = matches!(phrase, [] | [b' ', ..]) && !phrase.contains(&b'\r');
    let status = core::str::from_utf8(status).ok()?.parse().ok()?;
    (is_version && digits && ends).then_some((status, phrase.trim_ascii()))
}

trait SplitAtBlank {
    fn split_once_at_blank(&self) -> Option<(&[u8], &[u8])>;
}

impl SplitAtBlank for [u8] {
    fn split_once_at_blank(&self) -> Option<(&[u8], &[u8])> {
        let blank = self.iter().position(|byte| *byte == b' ')?;
        Some((self.get(..blank)?, self.get(blank + 1..)?))
    }
}

fn shortened(line: &[u8]) -> String {
    let shown = line.get(..60).unwrap_or(line);
    format!("{}{}", shown.escape_ascii(), if shown.len() < line.len() { "…" } else { "" })
}

/// The lines of the input, from a place in it.
struct Lines<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.input.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        self.at += end.map_or(rest.len(), |end| end + 1);
        let line = rest.get(..end.unwrap_or(rest.len()))?;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

impl Lines<'_> {
    /// The number of the line that comes next.
    fn number(&self) -> usize {
        self.number_at(self.at)
    }

    fn number_at(&self, offset: usize) -> usize {
        let before = self.input.get(..offset).unwrap_or_default();
        before.split(|byte| *byte == b'\n').count()
    }

    /// Where the next head starts; before the first there are blank lines alone.
    fn next_head(&mut self, first: bool, source: &str) -> Result<Option<usize>, String> {
        loop {
            let start = self.at;
            let Some(line) = self.next() else { break };
            if status_line_of(line).is_some() {
                return Ok(Some(start));
            }
            let before_cr = line.iter().position(|byte| *byte == b'\r').and_then(|end| line.get(..end));
            let broken = before_cr.is_some_and(|line| status_line_of(line).is_some());
            if broken || first && !line.trim_ascii().is_empty() {
                let verbose = line.starts_with(b"< ") || line.starts_with(b"> ") || line.starts_with(b"* ");
                let meant = if verbose { "; is it of `curl -v`? `curl -i` it should be" } else { "" };
                let (line, number) = (shortened(line), self.number_at(start));
                return Err(format!("{source}:{number}: no status line as `HTTP/1.1 200 OK`: `{line}`{meant}"));
            }
            // A body without a line's end at its own stands before the status line.
            if let Some(inside) = self.head_inside(start, line) {
                return Ok(Some(inside));
            }
        }
        if first { Err(format!("{source}: there is no response head")) } else { Ok(None) }
    }

    /// Where a status line begins within a line, if a header or the empty line comes after it.
    fn head_inside(&self, start: usize, line: &[u8]) -> Option<usize> {
        let offset = line.windows(5).rposition(|five| five == b"HTTP/")?;
        status_line_of(line.get(offset..)?)?;
        let next = Lines { input: self.input, at: self.at }.next()?;
        (next.is_empty() || next.contains(&b':')).then_some(start + offset)
    }

    /// Skips as many bytes as `Content-Length` says, if a head or the end comes after them.
    ///
    /// `curl -I` prints the header and no body, so it is not taken at its word.
    fn skip_body(&mut self, head: &Head) {
        let length = head.lines.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|(_, value)| core::str::from_utf8(value).ok()?.parse::<usize>().ok());
        let Some(end) = length.and_then(|length| self.at.checked_add(length)) else { return };
        let Some(after) = self.input.get(end..) else { return };
        let mut lines = Lines { input: after, at: 0 }.skip_while(|line| line.is_empty());
        if lines.next().is_none_or(|line| status_line_of(line).is_some()) {
            self.at = end;
        }
    }
}
