//! What the browsers' consoles say of an exchange.

use core::fmt;

use fetch_cors::{
    browser::{
        NetworkError,
        ids::{ConsoleMessage, MessageOf},
    },
    origin::Origin,
};

use super::fate::{Asked, Fate};
use crate::{
    report::Report,
    rules::{ByBrowser, Rules},
};

/// What each browser would say of one failure.
pub type Messages = ByBrowser<Option<Message>>;

/// What a console prints: an id, or the piece that all its messages of the kind have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub printed: String,
    /// The value that goes with an id.
    quoting: Option<String>,
}

impl From<ConsoleMessage<'_>> for Message {
    fn from(message: ConsoleMessage<'_>) -> Self {
        Message { printed: message.id.to_string(), quoting: message.parameter.map(|it| it.to_string()) }
    }
}

impl From<&str> for Message {
    fn from(piece: &str) -> Self {
        Message { printed: piece.into(), quoting: None }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { printed, quoting } = self;
        match quoting {
            Some(value) => write!(formatter, "{printed}, quoting `{value}`"),
            None if printed.contains(' ') => write!(formatter, "\u{2026} {printed} \u{2026}"),
            None => formatter.write_str(printed),
        }
    }
}

pub fn messages(error: &NetworkError<'_>, page: Origin<'_>) -> Messages {
    let blocked = |of| error.blocked_message(of, page).map(Message::from);
    ByBrowser {
        chromium: error.chromium_cors_error().map(Message::from).or_else(|| blocked(MessageOf::Chromium)),
        firefox: error.firefox_console_id().map(Message::from).or_else(|| blocked(MessageOf::Firefox)),
        webkit: error.webkit_message().map(Message::from).or_else(|| blocked(MessageOf::WebKit)),
    }
}

/// What becomes of an exchange, of which the consoles speak.
pub struct Consoles<'f> {
    /// By the rules that it is explained by.
    pub own: &'f Fate,
    pub fates: &'f ByBrowser<Fate>,
}

impl Consoles<'_> {
    pub fn printed(&self) -> ByBrowser<Option<String>> {
        self.fates.map(|browser, fate| fate.message(browser).map(|message| message.printed.clone()))
    }

    /// Nothing, if no browser refuses the exchange. Of which failure a message is, is said where it is not the one that
    /// `own` ends with.
    pub fn in_words(&self) -> Vec<(Rules, String)> {
        if self.fates.iter().all(|(_, fate)| fate.refusal().is_none()) {
            return Vec::new();
        }
        let own = self.own.refusal().map(|refusal| refusal.error.as_str());
        let words = |(browser, fate): (Rules, &Fate)| match fate.refusal() {
            None => (browser, "nothing: it does not refuse this".to_owned()),
            Some(refusal) => {
                let of = if own == Some(&*refusal.error) { String::new() } else { format!(": {}", refusal.error) };
                let message = fate.message(browser).map(ToString::to_string);
                let message = message.unwrap_or_else(|| "no message that is known, though it refuses this".into());
                (browser, message + &of)
            }
        };
        self.fates.iter().map(words).collect()
    }
}

/// Marks the failure that each browser finds first.
pub fn mark(report: &mut Report, asked: &[Option<Asked>], fates: &ByBrowser<Fate>) {
    for (step, asked) in report.steps.iter_mut().zip(asked) {
        for check in step.checks.iter_mut().filter(|check| !check.passes) {
            for (printed, what) in
                [(true, "the one in the console of"), (false, "what this fails by, without a message, in")]
            {
                let finds = |(browser, fate): (Rules, &Fate)| {
                    let refusal = fate.refusal()?;
                    let same = refusal.asked == *asked && refusal.error == check.error;
                    (same && fate.message(browser).is_some() == printed).then_some(browser.name())
                };
                let by: Vec<&str> = fates.iter().filter_map(finds).collect();
                if !by.is_empty() {
                    check.marks.push(format!("{what} {}", by.join(", ")));
                }
            }
        }
    }
}
