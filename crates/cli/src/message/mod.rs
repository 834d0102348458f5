//! `cors message`: the meaning of a line of a browser's console.

#[cfg(test)]
mod tests;

use fetch_cors::browser::{
    ids::{MessageLanguage, MessageOf},
    known_message,
};

use crate::{
    BadInput,
    exchange::step_id,
    exit::Exit,
    output::{Format, print, print_json},
    report::{Hint, Message, wrap},
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// An id, such as `CORSMissingAllowOrigin`, or a whole line of a browser's console
    text: String,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let message = meaning(&arguments.text)?;
    match arguments.format {
        Format::Json => print_json(&message)?,
        Format::Text => {
            let mut text = message.to_text();
            if message.step.is_some() {
                wrap(&mut text, "", "To see the fault in your exchange, pass it to `cors explain`.");
            }
            print(&text)?;
        }
    }
    Ok(Exit::Readable)
}

/// The meaning of a line; an error if the line is not known.
pub fn meaning(pasted: &str) -> Result<Message, String> {
    let unknown = || {
        format!(
            "`{}` contains no known message of Chromium, Firefox or WebKit: paste the whole line of the console",
            pasted.escape_debug()
        )
    };
    let message = known_message(pasted).ok_or_else(unknown)?;
    let known = message.known;
    let (of, whose) = match known.of {
        MessageOf::Chromium => ("chromium", "Chromium"),
        MessageOf::Firefox => ("firefox", "Firefox"),
        MessageOf::WebKit => ("webkit", "WebKit"),
        MessageOf::EdgeHtml => ("edge-html", "Internet Explorer, or Edge before it was a Chromium"),
        MessageOf::Server => ("server", "a server's own text"),
        _ => ("script", "any browser or library, to a script"),
    };
    let hints = message.hints().map(|hint| Hint { code: hint.code(), text: hint.to_string(), cause: hint.is_cause() });
    Ok(Message {
        of,
        id: known.id.to_owned(),
        code: known.code,
        meaning: known.meaning.to_owned(),
        step: known.step.map(step_id),
        fix: message.fix().to_string(),
        hints: hints.collect(),
        place: known.step.map(|step| step.to_string()),
        whose,
        by_few_words: message.language == MessageLanguage::Other,
    })
}
