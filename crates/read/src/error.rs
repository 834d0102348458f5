//! Mistakes in a pasted text.

use core::fmt;

use crate::{form::Form, place::Place};

/// Why a text could not be read: all its mistakes, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadError {
    /// The recognized form of the text; `None` if no form was recognized.
    pub form: Option<Form>,
    /// The mistakes; there is at least one.
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The place of the mistake.
    pub place: Place,
    /// The kind of mistake.
    pub kind: MistakeKind,
    /// The text there, shortened; empty at the end of the text.
    pub found: String,
}

macro_rules! mistakes {
    ($($(#[$attribute:meta])* $kind:ident, $code:literal, $reason:literal, $fix:literal;)*) => {
        /// The kind of a mistake in a text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum MistakeKind {
            $($(#[$attribute])* $kind,)*
        }

        impl MistakeKind {
            /// All kinds.
            pub const ALL: &[MistakeKind] = &[$(MistakeKind::$kind,)*];

            /// The code, in kebab-case; it is stable.
            pub const fn code(self) -> &'static str {
                match self { $(MistakeKind::$kind => $code,)* }
            }

            /// What is wrong.
            pub const fn reason(self) -> &'static str {
                match self { $(MistakeKind::$kind => $reason,)* }
            }

            /// How to fix it.
            pub const fn fix(self) -> &'static str {
                match self { $(MistakeKind::$kind => $fix,)* }
            }
        }
    };
}

mistakes! {
    /// The text has only blanks.
    Empty, "empty-text", "the text is empty", "paste response heads, header lines, a `curl` command, a `fetch()` call, a console line or a HAR";
    /// The form of the text was not recognized.
    UnknownForm, "unknown-form", "this looks like nothing that is known", "paste response heads as `curl -i` prints them, header lines of developer tools, a `curl` command, a `fetch()` call, a line of a browser's console, or a HAR";
    /// The text is longer than [`TEXT_LIMIT`](crate::TEXT_LIMIT), and is not a HAR.
    TooLong, "text-too-long", "the text is longer than 16 MiB, and is not a HAR", "paste the exchange alone";
    /// The text is UTF-16.
    Utf16, "text-is-utf-16", "the text is UTF-16, as some shells write it to a file", "save it as UTF-8";
    /// A command, a call or a HAR is not UTF-8.
    NotUtf8, "text-not-utf-8", "a byte is not UTF-8", "save the text as UTF-8";
    /// A line begins with `HTTP/`, and is not a status line.
    StatusLine, "status-line-broken", "this is not a status line", "a status line is `HTTP/1.1 204 No Content` or `HTTP/2 204`";
    /// A program printed only a part of a head.
    HeadCut, "head-cut-off", "the head is cut off here, so headers may be missing", "print all of it: in PowerShell, `(Invoke-WebRequest \u{2026}).RawContent`";
    /// A console shows a response without its headers.
    ObjectCut, "response-without-headers", "the console shows this response without its headers", "paste the headers from the network panel: a script sees only some of them";
    /// There is neither a request nor the head of an answer: only notes on a connection, or a status.
    NoHead, "head-missing", "this shows neither a request nor the head of an answer", "paste all of it: of `curl -v`, also the lines that begin with `>` and `<`; of a panel, also the headers";
    /// A line of a head has no colon.
    NoColon, "header-without-colon", "a header has no colon, or the empty line after the head is missing", "end the head with an empty line, or write `name: value`";
    /// The text before the colon is not a header name.
    HeaderName, "header-name-invalid", "the text before the colon is not a header name", "a name has letters, digits and `-`, and no blank";
    /// A table has more columns than names and values.
    TableColumns, "table-columns", "this table has several columns beside the names of the headers", "leave one column of values, or name it `Value`; a request and its answer are two tables";
    /// The line is from a server's log.
    ServerLog, "line-of-server-log", "this is a line of a server's log, which has no headers", "ask the server with `curl -i`, and paste what it prints";
    /// The text configures a server, or is its code.
    ServerConfiguration, "server-configuration", "this says what a server should send, and not what it sends", "ask the server with `curl -i`, and paste what it prints";
    /// The text is an outline.
    Outline, "outline", "this is an outline, such as YAML, and not lines of headers", "paste the headers alone, one on a line; if it configures a server, ask the server with `curl -i`, and paste what it prints";
    /// The text is code of a program, in another language or for another runtime than pages have.
    OtherProgram, "request-of-other-program", "this is code of a program, and CORS applies only to what a browser requests for a page", "if the code runs in a page, paste the request that the browser sends: \u{201C}Copy as cURL\u{201D} in its network panel; if not, CORS is not the cause";
    /// The text is the body of a response.
    Body, "body-of-response", "this is the body of a response, and a browser judges its head", "paste the head, as `curl -i` prints it before the body";
    /// A command got no answer.
    NoAnswer, "no-answer", "the command got no answer, so CORS is not the cause yet", "start the server, and check the host, the port and the certificate; then ask again";
    /// A command ended with an error after the answer, and printed no head.
    HeadNotPrinted, "head-not-printed", "the command got an answer, and its head is not here", "print the head: `curl -i`, without `--fail`; in PowerShell, `curl.exe -i`";
    /// A quote or a dash of a command is typographic.
    Typographic, "typographic-sign", "a program replaced a quote or a dash by a typographic one", "write `'`, `\"` or `-` there";
    /// A status is not a number from 100 to 599.
    StatusCode, "status-invalid", "this is not a status", "a status is a number from 100 to 599";
    /// A quote is not closed.
    QuoteOpen, "quote-open", "a quote is opened here and not closed", "paste the whole command or call, up to its end";
    /// A command has no URL.
    NoUrl, "url-missing", "the command or call has no URL", "paste all of it";
    /// An option is not known.
    UnknownOption, "option-unknown", "this option is not known", "leave it out if it does not change the request";
    /// An option has no value.
    OptionValue, "option-without-value", "this option needs a value", "write the value after it";
    /// Something is neither an option nor the only URL.
    SecondUrl, "second-url", "there is a URL before this one", "paste one request at a time, or quote the URL if a blank is part of it";
    /// A value is read from a file.
    FromFile, "value-from-file", "this value is read from a file, which is not here", "write the value itself";
    /// A shell would replace a variable or run a command here.
    ShellExpansion, "shell-expansion", "a shell would put something else in place of this", "write its value";
    /// A call is not data: it has a variable or an expression.
    NotData, "call-not-data", "this is an expression, and its value is not here", "write the value itself";
    /// A call has a mistake of syntax, or syntax that is not read.
    CallSyntax, "call-syntax", "this cannot be read as part of the call", "paste the call alone, with its values as literals";
    /// An object or a list is nested too deeply.
    TooDeep, "too-deep", "this is nested too deeply", "leave out what has nothing to do with the request";
    /// A member has a value that is none of its words.
    MemberValue, "member-value-invalid", "this member has no such value", "write a value that `fetch()` takes";
    /// A character of a header's value has no byte.
    NoByte, "character-without-byte", "a character above U+00FF has no byte in a header", "encode the value, as with `encodeURIComponent()`";
    /// JSON has a mistake of syntax, or ends early.
    JsonSyntax, "json-syntax", "this is not JSON", "export the file again, and paste all of it";
    /// A member of a HAR has another type.
    HarMember, "har-member-invalid", "a member of the HAR is missing, or has another type", "export the file again with a browser's developer tools";
    /// A JSON text is not a HAR.
    NoHar, "json-not-har", "this JSON is not a HAR: it has no `log.entries`", "if it is the body of a response, paste the head, as `curl -i` prints it; if it is to be a HAR, export it again: \u{201C}Save all as HAR\u{201D}";
}

impl ReadError {
    /// Whether the text is not known at all.
    pub(crate) fn is_unknown(&self) -> bool {
        self.mistakes.iter().all(|mistake| matches!(mistake.kind, MistakeKind::UnknownForm | MistakeKind::Empty))
    }
}

impl Mistake {
    pub(crate) fn new(text: &[u8], offset: usize, kind: MistakeKind, found: &[u8]) -> Self {
        Mistake::at(Place::of(text, offset), kind, found)
    }

    pub(crate) fn at(place: Place, kind: MistakeKind, found: &[u8]) -> Self {
        Mistake { place, kind, found: shortened(found) }
    }

    /// How to fix it.
    pub const fn fix(&self) -> &'static str {
        self.kind.fix()
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.kind.reason())?;
        if !self.found.is_empty() {
            write!(formatter, ": `{}`", self.found)?;
        }
        write!(formatter, "; {}", self.fix())
    }
}

/// Writes the mistakes, one a line.
impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.mistakes.iter().enumerate() {
            let end = if number == 0 { "" } else { "\n" };
            write!(formatter, "{end}{mistake}")?;
        }
        Ok(())
    }
}

impl core::error::Error for ReadError {}

/// The start of the text, without control characters.
fn shortened(found: &[u8]) -> String {
    const SHOWN: usize = 60;
    let text = String::from_utf8_lossy(found.get(..SHOWN * 4).unwrap_or(found)).into_owned();
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    shown = shown.replace("\\\"", "\"").replace("\\'", "'");
    if text.chars().count() > SHOWN || found.len() > SHOWN * 4 {
        shown.push('\u{2026}');
    }
    shown
}
