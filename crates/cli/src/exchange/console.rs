//! What the browsers' consoles print for an exchange.

use fetch_cors::{
    browser::{
        NetworkError, Request, Response, Url,
        ids::{ConsoleMessage, FailedExchange, MessageOf, WebKitLine},
        location_url,
        profile::Profile,
        redirect::location,
    },
    origin::Origin,
};

use super::{
    fate::{Asked, Fate},
    kind::Kind,
};
use crate::{
    report::Report,
    rules::{ByBrowser, Rules},
};

/// What each browser prints for one failure.
pub type Messages = ByBrowser<Option<Message>>;

/// What a console prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The id, in browsers that have ids, and the value that goes with it.
    Id { id: &'static str, quoting: Option<String> },
    /// A piece of text that all messages of the kind contain.
    Piece(&'static str),
    /// Whole lines, at least one.
    Lines(Vec<String>),
}

impl From<ConsoleMessage<'_>> for Message {
    fn from(message: ConsoleMessage<'_>) -> Self {
        Message::Id { id: message.id, quoting: message.parameter.map(|it| it.to_string()) }
    }
}

impl Message {
    pub fn printed(&self) -> String {
        match self {
            Message::Id { id, .. } => (*id).to_owned(),
            Message::Piece(piece) => (*piece).to_owned(),
            Message::Lines(lines) => lines.join("\n"),
        }
    }

    /// For people. `of` names the failure, where the context does not.
    fn in_words(&self, of: Option<&str>) -> String {
        let failure = of.map(|of| format!(": {of}")).unwrap_or_default();
        match self {
            Message::Id { id, quoting: Some(value) } => format!("{id}, quoting `{value}`{failure}"),
            Message::Id { id, quoting: None } => format!("{id}{failure}"),
            Message::Piece(piece) => format!("\u{2026} {piece} \u{2026}{failure}"),
            Message::Lines(lines) => {
                let failure = of.map(|of| format!("({of})"));
                lines.iter().cloned().chain(failure).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// What the page asked for at first.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    pub origin: Origin<'w>,
    pub kind: Kind,
    pub url: Url<'w>,
}

/// What each browser prints for a failure in this exchange.
pub fn messages(error: &NetworkError<'_>, wanted: Wanted<'_>, exchange: FailedExchange<'_>) -> Messages {
    let blocked = |of| error.blocked_message(of, wanted.origin).map(Message::Piece);
    let lines = || error.webkit_line(exchange).map(|line| Message::Lines(webkit_lines(line, wanted)));
    ByBrowser {
        chromium: error.chromium_cors_error().map(Message::from).or_else(|| blocked(MessageOf::Chromium)),
        firefox: error.firefox_console_id().map(Message::from).or_else(|| blocked(MessageOf::Firefox)),
        webkit: lines().or_else(|| blocked(MessageOf::WebKit)),
    }
}

/// The line with the reason, and the line below it, which depends on the kind of request.
fn webkit_lines(line: WebKitLine<'_>, wanted: Wanted<'_>) -> Vec<String> {
    let (reason, cannot_load, first_url) = (line.to_string(), line.cannot_load().to_string(), wanted.url);
    if line.is_without_reason() {
        return vec![cannot_load];
    }
    let below = match wanted.kind {
        Kind::Fetch | Kind::Xhr => cannot_load,
        Kind::EventSource => cannot_load.replacen("Fetch API", "EventSource", 1),
        Kind::Img => format!("Cannot load image {first_url} due to access control checks."),
        Kind::Script => "Cross-origin script load denied by Cross-Origin Resource Sharing policy.".into(),
        Kind::Beacon => format!("Beacon API cannot load {first_url}. {reason}"),
        Kind::Module | Kind::Style | Kind::Font | Kind::Form | Kind::Iframe | Kind::WebSocket => return vec![reason],
    };
    vec![reason, below]
}

/// The URL that a response redirects to, as WebKit's console writes it.
pub fn redirects_to(request: &Request<'_>, response: &Response<'_>, profile: &Profile) -> Option<String> {
    let value = location(response, profile).ok().flatten()?;
    Some(match location_url(request.current_url(), value, profile) {
        Ok(url) => url.into(),
        Err(_) => value.bytes().map(char::from).collect(),
    })
}

/// The outcomes of an exchange, which decide what the consoles print.
pub struct Consoles<'f> {
    /// The outcome by the rules of the explanation.
    pub own: &'f Fate,
    pub fates: &'f ByBrowser<Fate>,
}

impl Consoles<'_> {
    pub fn printed(&self) -> ByBrowser<Option<String>> {
        self.fates.map(|browser, fate| fate.message(browser).map(Message::printed))
    }

    /// A message for each browser; empty if no browser refuses the exchange. A message names its failure if it is not the one
    /// that `own` ends with.
    pub fn in_words(&self) -> Vec<(Rules, String)> {
        if self.fates.iter().all(|(_, fate)| fate.refusal().is_none()) {
            return Vec::new();
        }
        let own = self.own.refusal().map(|refusal| refusal.error.as_str());
        let words = |(browser, fate): (Rules, &Fate)| match fate.refusal() {
            None => (browser, "nothing: it does not refuse this".to_owned()),
            Some(refusal) => {
                let of = (own != Some(&*refusal.error)).then_some(refusal.error.as_str());
                let unknown = || {
                    let of = of.map(|of| format!(": {of}")).unwrap_or_default();
                    format!("no known message, although it refuses this{of}")
                };
                (browser, fate.message(browser).map_or_else(unknown, |message| message.in_words(of)))
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
