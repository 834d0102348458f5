//! `cors codes`: prints every code, with a sentence.

mod policy;
mod read;
#[cfg(test)]
mod tests;

use fetch_cors::browser::{
    explain::{Code as LibraryCode, CodeKind},
    ids::KnownMessage,
};
use serde::Serialize;

use crate::{
    BadInput,
    exit::Exit,
    explain,
    output::{Format, print, print_json},
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only codes that contain this text
    word: Option<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A code: kebab-case, unique among its kind, and stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    pub kind: Kind,
    pub code: &'static str,
    pub meaning: &'static str,
}

/// What has a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Why a check fails.
    Failure,
    /// A change of the server.
    ServerFix,
    /// A change of the page.
    PageFix,
    Hint,
    /// A console message that is not a failure of a check.
    Message,
    /// The recognized form of a pasted text.
    Form,
    /// What was assumed, ignored or left out of a pasted text.
    Note,
    /// A mistake in a pasted text.
    Mistake,
    /// A mistake in a policy.
    PolicyError,
    PolicyLint,
    /// A danger that a pattern must allow explicitly.
    PolicyDanger,
    /// Why a policy refuses a request.
    Refusal,
    /// A finding of a probe of a live server.
    #[cfg(feature = "check")]
    Finding,
    /// A change that saves preflights.
    Saving,
}

impl Kind {
    /// The heading of this kind, for people.
    const fn title(self) -> &'static str {
        match self {
            Kind::Failure => "Failures of checks",
            Kind::ServerFix => "Fixes of the server",
            Kind::PageFix => "Fixes of the page",
            Kind::Hint => "Hints",
            Kind::Message => "Messages of consoles that are not failures of checks",
            Kind::Form => "Recognized forms of pasted text",
            Kind::Note => "Notes on pasted text",
            Kind::Mistake => "Mistakes in pasted text",
            Kind::PolicyError => "Errors of policies",
            Kind::PolicyLint => "Lints of policies",
            Kind::PolicyDanger => "Dangers that patterns spell out",
            Kind::Refusal => "Refusals by policies",
            #[cfg(feature = "check")]
            Kind::Finding => "Findings of probes",
            Kind::Saving => "Changes that save preflights",
        }
    }
}

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let word = arguments.word.as_deref().unwrap_or_default();
    let codes: Vec<Code> = all().into_iter().filter(|code| code.code.contains(word)).collect();
    if codes.is_empty() {
        return Err(format!("no code has `{word}` in it").into());
    }
    match arguments.format {
        Format::Json => print_json(&codes)?,
        Format::Text => print(&to_text(&codes))?,
    }
    Ok(Exit::Readable)
}

/// All codes, by kind.
pub fn all() -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let throws = Code {
        kind: Kind::Failure,
        code: explain::CALL_THROWS,
        meaning: "the page's call throws, and nothing is sent",
    };
    let of_library = |kind, own| {
        let codes = LibraryCode::ALL.iter().filter(move |code| code.kind == own);
        codes.map(move |LibraryCode { code, meaning, .. }| Code { kind, code, meaning })
    };
    codes.extend(of_library(Kind::Failure, CodeKind::Reason).chain([throws]));
    codes.extend(of_library(Kind::ServerFix, CodeKind::Change));
    codes.extend(of_library(Kind::PageFix, CodeKind::PageChange));
    codes.extend(of_library(Kind::Hint, CodeKind::Hint));
    for KnownMessage { code, meaning, .. } in KnownMessage::ALL {
        let is_known = |known: &Code| known.code == *code && matches!(known.kind, Kind::Failure | Kind::Message);
        if !codes.iter().any(is_known) {
            codes.push(Code { kind: Kind::Message, code, meaning });
        }
    }
    codes.extend(read::codes());
    codes.extend(policy::codes());
    #[cfg(feature = "check")]
    codes.extend(crate::check::FindingCode::ALL.map(|code| Code {
        kind: Kind::Finding,
        code: code.as_str(),
        meaning: code.meaning(),
    }));
    codes.extend(SAVINGS.iter().map(|(code, meaning)| Code { kind: Kind::Saving, code, meaning }));
    codes
}

/// The codes of savings, from `cors har`.
const SAVINGS: &[(&str, &str)] = &[
    ("list-names", "a server lists what it allows one by one, and in each of its answers"),
    ("longer-max-age", "answers to preflights are kept for longer"),
    ("fewer-urls", "one URL instead of several that differ in a part of the path"),
];

fn to_text(codes: &[Code]) -> String {
    let mut out = String::new();
    let width = codes.iter().map(|code| code.code.len()).max().unwrap_or(0);
    let mut kind = None;
    for code in codes {
        if kind.replace(code.kind) != Some(code.kind) {
            let before = if out.is_empty() { "" } else { "\n" };
            out.extend([before, code.kind.title(), ":\n"]);
        }
        crate::report::wrap(&mut out, &format!("  {:width$}  ", code.code), code.meaning);
    }
    out
}
