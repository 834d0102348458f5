//! Notes on what was assumed, ignored or left out.

use core::fmt;

use crate::place::Place;

/// A note on something that was assumed, ignored or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The place in the text, if the note is about one place.
    pub place: Option<Place>,
    /// The kind of note.
    pub kind: NoteKind,
}

/// What was assumed, ignored or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoteKind {
    /// "Copy as fetch" always writes `"mode": "cors"`.
    CopiedMode,
    /// "Copy as fetch" writes `include` if a cookie went along, and `omit` if none did.
    CopiedCredentials,
    /// Header lines have no status, so this one is assumed.
    StatusSupposed(u16),
    /// The value of a header that a preflight names is unknown.
    ValueUnknown(String),
    /// The method is the one that a preflight asks for.
    MethodOfPreflight(String),
    /// The request is an `OPTIONS` that asks for no method: a preflight made by hand, or a copy without those headers.
    OptionsByHand,
    /// `Origin` is missing, so the origin of `Referer` or of a `referrer` is used.
    OriginOfReferrer(String),
    /// A cookie was sent, so the credentials mode is assumed to be `include`.
    CookieSent,
    /// `Cache-Control` and `Pragma` are assumed to come from the browser, which sends both if its cache is switched off.
    CacheSwitchedOff,
    /// `If-None-Match` and the like are assumed to come from the browser's cache.
    ConditionalByCache(String),
    /// A console says that credentials were sent, so the credentials mode is assumed to be `include`.
    CredentialsOfConsole,
    /// The method is the one that a console names.
    MethodOfConsole(String),
    /// A console names a header of the request; its value is unknown.
    HeaderOfConsole(String),
    /// Lines that are not part of the exchange are left out, up to and including this line.
    LinesLeftOut {
        /// The last of the lines.
        to: usize,
    },
    /// A second request is left out: one fetch is read at a time.
    RequestLeftOut(String),
    /// The value of an expression is unknown, so another value of its kind replaces it.
    ExpressionSupposed(String),
    /// Members of a call that do not change the request, or that are not known.
    MemberLeftOut(String),
    /// A console has only the request and the status, without headers.
    LoggedRequest {
        /// The method.
        method: String,
        /// The status, if the line has it.
        status: Option<u16>,
    },
    /// The URL of a call is relative, and is resolved against the page's origin.
    RelativeUrl(String),
    /// A proxy refused `CONNECT` with this status.
    RefusedByProxy(u16),
    /// A panel has the status of the response and none of its headers.
    StatusAlone(u16),
    /// The text has entities of HTML, and makes sense only with their characters.
    EntitiesDecoded,
    /// The command ended with this error, without an answer.
    NoAnswer(String),
    /// The command ended with this error after an answer whose head it did not print.
    HeadNotPrinted(String),
    /// The command printed a head, and ended with this error.
    CommandFailed(String),
}

impl Note {
    /// Whether the note is on an answer that the text reports without its head.
    pub(crate) fn is_of_answer(&self) -> bool {
        matches!(self.kind, NoteKind::RefusedByProxy(_))
    }
}

impl NoteKind {
    /// The code, in kebab-case; it is stable.
    pub const fn code(&self) -> &'static str {
        match self {
            NoteKind::CopiedMode => "copied-mode",
            NoteKind::CopiedCredentials => "copied-credentials",
            NoteKind::StatusSupposed(_) => "status-supposed",
            NoteKind::ValueUnknown(_) => "value-unknown",
            NoteKind::MethodOfPreflight(_) => "method-of-preflight",
            NoteKind::OptionsByHand => "options-by-hand",
            NoteKind::OriginOfReferrer(_) => "origin-of-referrer",
            NoteKind::CookieSent => "cookie-sent",
            NoteKind::CacheSwitchedOff => "cache-switched-off",
            NoteKind::ConditionalByCache(_) => "conditional-by-cache",
            NoteKind::CredentialsOfConsole => "credentials-of-console",
            NoteKind::MethodOfConsole(_) => "method-of-console",
            NoteKind::HeaderOfConsole(_) => "header-of-console",
            NoteKind::LinesLeftOut { .. } => "lines-left-out",
            NoteKind::RequestLeftOut(_) => "request-left-out",
            NoteKind::ExpressionSupposed(_) => "expression-supposed",
            NoteKind::MemberLeftOut(_) => "member-left-out",
            NoteKind::LoggedRequest { .. } => "request-of-console",
            NoteKind::RelativeUrl(_) => "relative-url",
            NoteKind::RefusedByProxy(_) => "refused-by-proxy",
            NoteKind::StatusAlone(_) => "status-alone",
            NoteKind::EntitiesDecoded => "entities-decoded",
            NoteKind::NoAnswer(_) => "no-answer",
            NoteKind::HeadNotPrinted(_) => "head-not-printed",
            NoteKind::CommandFailed(_) => "command-failed",
        }
    }
}

/// Writes the place, if there is one, and the note.
impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(formatter, "line {}: ", place.line)?;
        }
        match &self.kind {
            NoteKind::CopiedMode => formatter.write_str(
                "\u{201C}Copy as fetch\u{201D} always writes `\"mode\": \"cors\"`, also where the page's mode was another; the mode is left open",
            ),
            NoteKind::CopiedCredentials => formatter.write_str(
                "\u{201C}Copy as fetch\u{201D} writes `include` where a cookie was sent and `omit` where none was, whatever the page wrote; the credentials mode is left open",
            ),
            NoteKind::StatusSupposed(status) => {
                write!(formatter, "the status is missing; it is assumed to be {status}")
            }
            NoteKind::ValueUnknown(name) => {
                write!(formatter, "the preflight names `{name}`, whose value is unknown; a value that needs a preflight replaces it")
            }
            NoteKind::MethodOfPreflight(method) => {
                write!(formatter, "the method is `{method}`, which the preflight asks for")
            }
            NoteKind::OptionsByHand => formatter.write_str(
                "this `OPTIONS` has no `Access-Control-Request-Method`, so what it asks for is unknown; its answer is read as that to a preflight",
            ),
            NoteKind::OriginOfReferrer(origin) => {
                write!(formatter, "`Origin` is missing; the origin of the referrer is used: `{origin}`")
            }
            NoteKind::CookieSent => formatter
                .write_str("a cookie was sent, so the credentials mode is assumed to be `include`"),
            NoteKind::CacheSwitchedOff => formatter.write_str(
                "`Cache-Control` and `Pragma` are assumed to come from the browser, which sends both if its cache is switched off",
            ),
            NoteKind::ConditionalByCache(name) => {
                write!(formatter, "`{name}` is assumed to come from the browser's cache")
            }
            NoteKind::CredentialsOfConsole => formatter.write_str(
                "consoles say this only of requests with credentials, so the credentials mode is assumed to be `include`",
            ),
            NoteKind::MethodOfConsole(method) => write!(formatter, "the method is `{method}`, which the console names"),
            NoteKind::HeaderOfConsole(name) => {
                write!(formatter, "the console names `{name}`, whose value is unknown; another is used that needs a preflight too")
            }
            NoteKind::LinesLeftOut { to } => {
                write!(formatter, "the lines up to {to} are left out: they are not part of the exchange")
            }
            NoteKind::RequestLeftOut(request) => {
                write!(formatter, "`{request}` is left out: one fetch is read at a time")
            }
            NoteKind::ExpressionSupposed(what) => {
                write!(formatter, "the value of this expression is unknown: {what}")
            }
            NoteKind::MemberLeftOut(member) => {
                write!(formatter, "`{member}` is left out: it does not matter to CORS, or is not known")
            }
            NoteKind::LoggedRequest { method, status } => {
                write!(formatter, "the console has this {method}")?;
                if let Some(status) = status {
                    write!(formatter, ", with status {status},")?;
                }
                formatter.write_str(" and no headers, neither the page's nor those of the response: the network panel shows them")
            }
            NoteKind::RelativeUrl(url) => {
                write!(formatter, "`{url}` is relative: it is resolved against the page's origin, unless a base URL is set elsewhere")
            }
            NoteKind::RefusedByProxy(status) => {
                write!(formatter, "a proxy refused `CONNECT` with status {status}, so the server got no request: its answer is missing")
            }
            NoteKind::StatusAlone(status) => {
                write!(formatter, "the response has status {status}, and its headers are not here")
            }
            NoteKind::EntitiesDecoded => {
                formatter.write_str("the text has entities of HTML, such as `&quot;`, and is read with their characters")
            }
            NoteKind::NoAnswer(error) => {
                write!(formatter, "the command got no answer (`{error}`), and a browser gets none either, so CORS is not the cause yet")
            }
            NoteKind::HeadNotPrinted(error) => {
                write!(formatter, "the command got an answer whose head is not here (`{error}`): ask with `curl -i`, without `--fail`")
            }
            NoteKind::CommandFailed(error) => write!(formatter, "the command ended with an error after the head: `{error}`"),
        }
    }
}
