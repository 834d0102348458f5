//! What the browsers' consoles say of an exchange, and what a pasted message means.

use fetch_cors::{
    browser::{
        NetworkError, Profile,
        ids::{ConsoleMessage, MessageLanguage, MessageOf},
        known_message,
    },
    origin::Origin,
};

use super::{fate::Fate, text::wrap};

/// A browser that is asked what it says, and whether it parts from the profile that is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

impl Browser {
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];

    pub const fn profile(self) -> Profile {
        match self {
            Browser::Chromium => Profile::CHROMIUM,
            Browser::Firefox => Profile::FIREFOX,
            Browser::WebKit => Profile::WEBKIT,
        }
    }
}

/// What each browser would say of one failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    chromium: Option<String>,
    firefox: Option<String>,
    webkit: Option<String>,
}

impl Messages {
    pub fn of(error: &NetworkError<'_>, page: Origin<'_>) -> Self {
        let text = |message: ConsoleMessage<'_>| match message.parameter {
            Some(parameter) => format!("{}, quoting `{parameter}`", message.id),
            None => message.id.to_string(),
        };
        let blocked = |of| {
            error
                .blocked_message(of, page)
                .map(|piece| if piece.contains(' ') { format!("\u{2026} {piece} \u{2026}") } else { piece.to_owned() })
        };
        Messages {
            chromium: error.chromium_cors_error().map(text).or_else(|| blocked(MessageOf::Chromium)),
            firefox: error.firefox_console_id().map(text).or_else(|| blocked(MessageOf::Firefox)),
            webkit: error
                .webkit_message()
                .map(|piece| format!("\u{2026} {piece} \u{2026}"))
                .or_else(|| blocked(MessageOf::WebKit)),
        }
    }

    pub fn by(&self, browser: Browser) -> Option<&str> {
        let message = match browser {
            Browser::Chromium => &self.chromium,
            Browser::Firefox => &self.firefox,
            Browser::WebKit => &self.webkit,
        };
        message.as_deref()
    }
}

/// What the browsers say of an exchange, each by its own rules; nothing, if none refuses it. Of which failure, is told
/// where it is not the one that `own` ends with.
pub fn told(own: &Fate, fates: &[(Browser, Fate)]) -> String {
    let own = own.refusal().map(|refusal| refusal.error.as_str());
    let mut out = String::new();
    if fates.iter().all(|(_, fate)| fate.refusal().is_none()) {
        return out;
    }
    out.push_str("\nWhat the console says:\n");
    for (browser, fate) in fates {
        let first = format!("  {:8}  ", browser.profile().name);
        let text = match fate.refusal() {
            None => "nothing: it does not refuse this".to_string(),
            Some(refusal) => {
                let of = if own == Some(&*refusal.error) { "" } else { &*format!(": {}", refusal.error) };
                let message = refusal.messages.by(*browser);
                format!("{}{of}", message.unwrap_or("no message that is known, though it refuses this"))
            }
        };
        wrap(&mut out, &first, &text);
    }
    out
}

/// What a pasted message means, and what fixes it.
pub fn meaning(pasted: &str) -> Result<String, String> {
    let unknown = || {
        format!(
            "`--id {}`: that has no known message of Chromium, Firefox or WebKit in it; paste the whole line of the console",
            pasted.escape_debug()
        )
    };
    let message = known_message(pasted).ok_or_else(unknown)?;
    let known = message.known;
    let of = match known.of {
        MessageOf::Chromium => "Chromium",
        MessageOf::Firefox => "Firefox",
        MessageOf::WebKit => "WebKit",
        MessageOf::EdgeHtml => "Internet Explorer, or Edge before it was a Chromium",
        MessageOf::Server => "a server's own text",
        _ => "any browser or library, to a script",
    };
    let mut out = String::new();
    wrap(&mut out, "", &format!("{of}: {}", known.id));
    wrap(&mut out, "  means  ", known.meaning);
    match known.step {
        Some(step) => wrap(&mut out, "  fails  ", &step.to_string()),
        None => wrap(&mut out, "  fails  ", "no step of the standard: it is the browser's own"),
    }
    wrap(&mut out, "  fix    ", &message.fix().to_string());
    for hint in message.hints() {
        wrap(&mut out, "  hint   ", &hint.to_string());
    }
    if message.language == MessageLanguage::Other {
        wrap(
            &mut out,
            "",
            "(The line is in another language: only English is known, and the id was found by a few words.)",
        );
    }
    if known.step.is_some() {
        wrap(&mut out, "", "To see what is wrong in your exchange, pass its response heads; see --help.");
    }
    Ok(out)
}
