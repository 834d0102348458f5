//! From a browser's message to its meaning and its fix.
//!
//! ```text
//! pasted text ─▶ plain ─▶ sentences, translated ─▶ messages (the table)
//!           └─▶ quoted: URL, origin, header, value, status ─▶ advice
//! ```

mod advice;
mod messages;
mod plain;
mod quoted;
mod sentences;
mod starts;
mod translated;

pub use advice::MessageFix;
pub use quoted::Quoted;

use crate::spec::Step;
use messages::MESSAGES;

/// The source of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageOf {
    /// Chromium: a `CorsError`, as its developer tools have it, or a piece of text of its console.
    Chromium,
    /// Firefox: the id of a message of its console, or a piece of text.
    Firefox,
    /// WebKit: a piece of text of its console.
    WebKit,
    /// Internet Explorer, and Edge before it was based on Chromium: the number of a message of its console.
    EdgeHtml,
    /// The error that any browser or a library gives to a script.
    Script,
    /// The text with which a server refuses a request.
    Server,
}

/// A message of a browser: its meaning, and the fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct KnownMessage {
    /// The browser.
    pub of: MessageOf,
    /// The id, or a piece of the text if the message has no id.
    pub id: &'static str,
    /// The code of the failure, in kebab-case: that of the [`Reason`](crate::browser::Reason), if there is one. It is stable.
    pub code: &'static str,
    /// The failure, as a fixed sentence.
    pub meaning: &'static str,
    /// The fix, as a fixed sentence.
    pub fix: &'static str,
    /// The step of the standard that fails; `None` if no step of the standard does.
    pub step: Option<Step>,
}

impl KnownMessage {
    /// All known messages. Those of one kind have the same code.
    pub const ALL: &'static [KnownMessage] = MESSAGES;
}

/// The language of a pasted message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageLanguage {
    /// English, or an id.
    English,
    /// Another language, in Firefox. The id was found by header names and a few words, not by a whole sentence.
    Other,
}

/// A pasted message that was recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Message<'a> {
    /// The meaning.
    pub known: &'static KnownMessage,
    /// Its language.
    pub language: MessageLanguage,
    /// The values that it quotes.
    pub quoted: Quoted<'a>,
}

/// The meaning of a pasted message: an id, or a line of a console, with any quotes, blanks and prefixes.
///
/// ```
/// use fetch_cors::browser::known_message;
///
/// let message = known_message("CORSMissingAllowOrigin2").unwrap();
/// assert_eq!(message.known.meaning, "the response has no `Access-Control-Allow-Origin`");
///
/// let line = "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.";
/// let message = known_message(line).unwrap();
/// assert_eq!(message.quoted.header, Some("x-a"));
/// assert_eq!(message.known.code, "header-not-allowed");
/// ```
pub fn known_message(pasted: &str) -> Option<Message<'_>> {
    let message = |known, language| Message { known, language, quoted: Quoted::of(pasted) };
    let english = sentences::message_of(pasted);
    if let Some(known) = english.filter(|known| known.code != "script-error") {
        return Some(message(known, MessageLanguage::English));
    }
    // A translated line may link to the page that is named after its id.
    if let Some((id, url)) = translated::id_and_url_of(pasted)
        && let Some(known) = sentences::message(MessageOf::Firefox, id)
    {
        let mut message = message(known, MessageLanguage::Other);
        message.quoted.url = message.quoted.url.or(url);
        return Some(message);
    }
    english.map(|known| message(known, MessageLanguage::English))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_pasted_text() {
        for (pasted, of, id) in [
            ("kPreflightMissingAllowOriginHeader", MessageOf::Chromium, "PreflightMissingAllowOriginHeader"),
            ("MissingAllowOriginHeader", MessageOf::Chromium, "MissingAllowOriginHeader"),
            ("Reason: CORSPreflightDidNotSucceed3", MessageOf::Firefox, "CORSPreflightDidNotSucceed"),
            (
                "Origin https://a is not allowed by Access-Control-Allow-Origin. Status code: 404",
                MessageOf::WebKit,
                "is not allowed by Access-Control-Allow-Origin.",
            ),
        ] {
            let known = known_message(pasted).unwrap().known;
            assert_eq!((known.of, known.id), (of, id), "{pasted}");
        }
        assert_eq!(known_message("it does not work"), None);
    }

    #[test]
    fn whole_console_lines_are_found() {
        let chromium = "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked \
                        by CORS policy: ";
        let preflight = "Response to preflight request doesn't pass access control check: ";
        let missing = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
        let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                       https://api.example/. (Reason: ";
        for ([start, middle, end], id) in [
            ([chromium, "", missing], "MissingAllowOriginHeader"),
            ([chromium, preflight, missing], "PreflightMissingAllowOriginHeader"),
            ([chromium, preflight, "It does not have HTTP ok status."], "PreflightInvalidStatus"),
            (
                [
                    chromium,
                    "",
                    "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
                ],
                "HeaderDisallowedByPreflightResponse",
            ),
            (
                [firefox, "CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing).", " Status code: 200."],
                "CORSMissingAllowOrigin",
            ),
            ([firefox, "CORS header 'Access-Control-Allow-Origin' missing).", ""], "CORSMissingAllowOrigin"),
            (
                [
                    firefox,
                    "invalid token \u{2018}a b\u{2019} in CORS header ",
                    "\u{2018}Access-Control-Allow-Headers\u{2019}).",
                ],
                "CORSInvalidAllowHeader",
            ),
        ] {
            let mut line = [0; 400];
            let mut length = 0;
            for byte in [start, middle, end].into_iter().flat_map(str::bytes) {
                line[length] = byte;
                length += 1;
            }
            let line = core::str::from_utf8(&line[..length]).unwrap();
            assert_eq!(known_message(line).map(|message| message.known.id), Some(id), "{line}");
        }
    }

    #[test]
    fn each_id_is_known_once_and_found_by_itself() {
        for known in messages::MESSAGES {
            assert_eq!(known_message(known.id).map(|message| message.known), Some(known), "{}", known.id);
            assert!(known.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", known.code);
        }
    }
}
