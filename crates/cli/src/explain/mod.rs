//! `cors explain`: what a browser sends, what it makes of the answers, and what to change.
//!
//! ```text
//! args ───────────────────┐
//! input ─ fetch_cors_read ┴ call ─ Request ─ exchange ─ Report
//! ```

mod args;
mod built_in;
mod call;
mod console;
mod input;
mod origin;
#[cfg(test)]
mod tests;

use std::io::{IsTerminal, Read, stdin};

use fetch_cors::browser::{
    Profile, Request, Url,
    environment::HttpVersion,
    request::{RequestError, RequestErrorReason},
    route::{Route, route},
};

pub use args::Arguments;
pub use call::Call;
use input::Input;

use crate::{
    BadInput,
    exchange::{Exchange, Head, Page, step_id},
    exit::Exit,
    message,
    output::{Format, print, print_json},
    report::{Check, Note, Phase, Report, Step, Verdict, painted},
};

/// The code of a call that throws.
pub const CALL_THROWS: &str = "call-throws";
/// The code of the note on a head that does not answer the first request.
const ANSWERS_NO_PREFLIGHT: &str = "answers-no-preflight";
/// The code of the note that a head answers a preflight, and the browser sends none.
const ANSWERS_PREFLIGHT: &str = "answers-preflight";

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let is_built_in = arguments.example || is_bare(arguments) && stdin().is_terminal();
    let (introduction, report) = if is_built_in {
        (built_in::introduction(), built_in::explain(arguments)?)
    } else {
        (String::new(), run(arguments, standard_input)?)
    };
    if let Some(path) = &arguments.html {
        std::fs::write(path, report.to_html()).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    match arguments.format {
        Format::Text => print(&painted(&(introduction + &report.to_text())))?,
        Format::Json => print_json(&report)?,
    }
    // Explaining the built-in exchange is a success, although the exchange fails.
    Ok(if is_built_in { Exit::Readable } else { report.verdict.exit() })
}

/// Whether the command line gives nothing to explain.
fn is_bare(arguments: &Arguments) -> bool {
    arguments.given.is_empty() && arguments.origin.is_none()
}

impl Verdict {
    pub const fn exit(self) -> Exit {
        match self {
            Verdict::Readable => Exit::Readable,
            Verdict::Refused | Verdict::Opaque => Exit::Refused,
            Verdict::Incomplete => Exit::NoAnswer,
        }
    }
}

/// Standard input, unless it is a terminal.
fn standard_input() -> Result<Vec<u8>, BadInput> {
    let (mut input, mut bytes) = (stdin(), Vec::new());
    if !input.is_terminal() {
        input.read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
    }
    Ok(bytes)
}

/// The report on the arguments and the input, or the mistakes in them.
pub fn run(
    arguments: &Arguments,
    standard_input: impl FnOnce() -> Result<Vec<u8>, BadInput>,
) -> Result<Report, BadInput> {
    let (urls, files): (Vec<&str>, Vec<&str>) = arguments.given.iter().map(String::as_str).partition(|it| is_url(it));
    if let [_, second, ..] = urls.as_slice() {
        return Err(format!("there are two URLs, and a page requests one: `{second}`").into());
    }
    let input = input::read(&files, standard_input)?;
    let mut report = report(arguments, urls.first().copied(), &input)?;
    report.messages = input.console.iter().filter_map(|line| message::meaning(line).ok()).collect();
    if report.input.is_empty() {
        report.input = input.taken;
    }
    if let (Some(note), Some(taken)) = (console::disagrees(&report), report.input.last_mut()) {
        taken.notes.push(note);
    }
    Ok(report)
}

/// Whether an argument is a URL, and not a file.
fn is_url(argument: &str) -> bool {
    let scheme = argument.split_once(':').map(|(scheme, _)| scheme);
    // `C:\heads.txt` is a file.
    let has_scheme = scheme.is_some_and(|scheme| scheme.len() > 1) && url::Url::parse(argument).is_ok();
    argument.contains("://") || has_scheme && !std::path::Path::new(argument).exists()
}

fn report(arguments: &Arguments, url: Option<&str>, input: &Input) -> Result<Report, BadInput> {
    let read = &input.request;
    let (origin, url) = (arguments.origin.as_deref().or(read.origin.as_deref()), url.or(read.url.as_deref()));
    if (origin.is_none() || url.is_none()) && !input.console.is_empty() && input.heads.is_empty() {
        let missing = match (url, origin) {
            (None, None) => "the URL and the page's origin are missing",
            (None, Some(_)) => "the URL is missing",
            _ => "the page's origin is missing",
        };
        return Ok(incomplete(arguments, origin.map(ToOwned::to_owned), missing));
    }
    let mut mistakes = Vec::new();
    let mut keep = |mistake: String| mistakes.push(mistake);
    if url.is_none() {
        keep("the URL is missing: give it on the command line, or in the input".into());
    }
    if origin.is_none() {
        keep("the page's origin is missing: give it, as in `--origin https://app.example`".into());
    }
    let parsed_url = url.map(|url| url::Url::parse(url).map_err(|error| format!("the URL `{url}`: {error}")));
    let parsed_url = parsed_url.and_then(|parsed| parsed.map_err(&mut keep).ok());
    let origin = origin.and_then(|text| origin::parse(text).map_err(&mut keep).ok());
    let call = Call::of(arguments, read).map_err(|all| all.into_iter().for_each(&mut keep)).ok();
    let (Some(url), Some(origin), Some(call)) = (&parsed_url, origin, call) else {
        return Err(mistakes.join("\n").into());
    };
    let url = Url::try_from(url).map_err(|error| format!("the URL `{url}`: {error}"))?;
    let words = call.in_words(origin, url, arguments.profile.name());
    let pairs = call.pairs();
    match call.request(&pairs, url, origin) {
        Ok(request)
            if console::reports_a_preflight(&input.console)
                && !is_preflighted(&request, &arguments.profile.profile()) =>
        {
            let missing = "the console reports a failed preflight, and the request as it is known needs none: give its \
                           method and the headers that the page sets";
            Ok(incomplete(arguments, Some(origin.to_string()), missing))
        }
        Ok(request) => {
            let http_version = if arguments.http == "1.1" { HttpVersion::Http1 } else { HttpVersion::Http2OrLater };
            let page = Page { embedder_policy: arguments.embedder_policy, http_version };
            let kind = call.kind;
            let (heads, left_out) = answering(input, &request, &call.method, &arguments.profile.profile());
            let exchange = Exchange { request, kind, call: &words, page, heads, again: &arguments.again };
            let mut report = exchange.report(arguments.profile, arguments.against);
            report.input.clone_from(&input.taken);
            if let (Some(note), Some(taken)) = (left_out, report.input.last_mut()) {
                taken.notes.push(note);
            }
            Ok(report)
        }
        Err(error) if is_bad_input(&error) => Err(format!("{error} ({})", error.step).into()),
        Err(error) => Ok(throws(arguments, origin.to_string(), words, &call.method, url, &error)),
    }
}

/// The heads that answer what the browser sends, and a note if the first one does not.
fn answering<'i>(
    input: &'i Input,
    request: &Request<'_>,
    method: &str,
    profile: &Profile,
) -> (&'i [Head], Option<Note>) {
    let all = (&*input.heads, None);
    let Some(answered) = input.first_answers.as_deref() else { return all };
    let is_options = |method: &str| method.eq_ignore_ascii_case("OPTIONS");
    match (is_options(answered), is_preflighted(request, profile)) {
        (false, true) => {
            let text =
                format!("the answer to {answered} is left out: a preflight comes first, and its answer is not here");
            (&[], Some(Note { code: ANSWERS_NO_PREFLIGHT, text }))
        }
        (true, false) if !is_options(method) => {
            let text = format!(
                "the answer to {answered} is left out: a browser sends no preflight for this {method}; if the page's call has \
                 another method or other headers, give them"
            );
            (input.heads.get(1..).unwrap_or_default(), Some(Note { code: ANSWERS_PREFLIGHT, text }))
        }
        _ => all,
    }
}

fn is_preflighted(request: &Request<'_>, profile: &Profile) -> bool {
    matches!(route(request, profile), Ok(Route::CorsWithPreflight(_)))
}

/// The report if too little of the request is known to say what is sent.
fn incomplete(arguments: &Arguments, origin: Option<String>, missing: &str) -> Report {
    let missing = Some(missing.to_owned());
    Report { missing, ..Report::empty(Verdict::Incomplete, arguments.profile, origin) }
}

/// The report on a call that throws and sends nothing.
fn throws(
    arguments: &Arguments,
    origin: String,
    call: Vec<String>,
    method: &str,
    url: Url<'_>,
    error: &RequestError<'_>,
) -> Report {
    let check = Check {
        step: step_id(error.step),
        passes: false,
        code: Some(CALL_THROWS),
        header: None,
        value: None,
        text: error.to_string(),
        place: error.step.to_string(),
        error: error.to_string(),
        marks: Vec::new(),
    };
    let step = Step {
        phase: Phase::Request,
        method: method.into(),
        url: url.without_fragment().into(),
        title: Some("The call throws, and nothing is sent:".into()),
        checks: vec![check],
        ..Step::default()
    };
    Report {
        call,
        steps: vec![step],
        refusal: Some(format!("the call throws: {error}: {}", error.step)),
        ..Report::empty(Verdict::Refused, arguments.profile, Some(origin))
    }
}

/// Whether the command line has to change, not the page.
const fn is_bad_input(error: &RequestError<'_>) -> bool {
    use RequestErrorReason::*;
    matches!(
        error.reason,
        InvalidMethod { .. } | InvalidHeaderName { .. } | InvalidHeaderValue { .. } | ModeNavigate | ModeUnknown { .. }
    )
}
