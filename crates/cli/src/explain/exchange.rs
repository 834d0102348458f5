//! The whole report on a fetch: by the rules of one browser, and what the others do.

use fetch_cors::{
    browser::{Url, request::RequestErrorReason},
    header::Headers,
    origin::Origin,
};

use super::{
    args::{Api, Arguments},
    console::{self, Browser},
    diff::Exchange,
    fate::{Answers, Fate},
    heads::Head,
    report::{Mark, Report},
    request,
    walk::{Verdict, Walk},
};

/// The report on a fetch, and its verdict.
pub fn explain(arguments: &Arguments, heads: &[Head]) -> Result<(String, Verdict), String> {
    let origin = request::origin(&arguments.origin)?;
    let url = request::url(&arguments.url)?;
    let url = Url::try_from(&url).map_err(|error| format!("the URL `{}`: {error}", arguments.url))?;
    let pairs: Vec<(&str, &[u8])> =
        arguments.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = match request::request(arguments, Headers::from_pairs(&pairs), url, origin) {
        Ok(request) => request,
        Err(error) => {
            use RequestErrorReason::*;
            let input = matches!(
                error.reason,
                InvalidMethod { .. }
                    | InvalidHeaderName { .. }
                    | InvalidHeaderValue { .. }
                    | ModeNavigate
                    | ModeUnknown { .. }
            );
            if input {
                return Err(format!("{error} ({})", error.step));
            }
            let mut report = Report::default();
            begin(&mut report, arguments, origin, url);
            report.section(&format!("Refused: the call throws, and nothing is sent: {error}"));
            report.indented(&error.step.to_string());
            return Ok((report.finish(), Verdict::Refused));
        }
    };
    let walked = |marks, told| {
        let mut report = Report::new(marks, told);
        begin(&mut report, arguments, origin, url);
        Walk::through(request, arguments, heads, report)
    };
    // Which head answers what is known after a first walk, and needed for the marks of the second.
    let (_, _, asked) = walked(Vec::new(), String::new());
    let exchange = Exchange { request, again: &arguments.again, answers: Answers { heads, asked: &asked } };
    let fates = Browser::ALL.map(|browser| (browser, exchange.fate(&browser.profile())));
    let (mut text, verdict, _) = walked(marks(&fates), console::told(&exchange.fate(&arguments.profile), &fates));
    text.push_str(&match arguments.against {
        Some(against) => exchange.against(arguments.profile, against),
        None => exchange.partings(arguments.profile, &fates),
    });
    Ok((text, verdict))
}

/// Writes the page's call.
fn begin(report: &mut Report, arguments: &Arguments, origin: Origin<'_>, url: Url<'_>) {
    let api = if arguments.api == Api::Fetch { "fetch()" } else { "XMLHttpRequest" };
    let Arguments { mode, credentials, redirect, profile, .. } = arguments;
    report.line(&format!("A page of {origin} calls {api} for {url}"));
    report.line(&format!(
        "with mode `{mode}`, credentials mode `{credentials}`, redirect mode `{redirect}`. Rules: {}.",
        profile.name
    ));
}

/// What each browser finds first.
fn marks(fates: &[(Browser, Fate)]) -> Vec<Mark> {
    let mark = |(browser, fate): &(Browser, Fate)| {
        let refusal = fate.refusal()?;
        let (asked, error) = (refusal.asked.clone(), refusal.error.clone());
        let printed = refusal.messages.by(*browser).is_some();
        Some(Mark { asked, error, by: browser.profile().name, printed })
    };
    fates.iter().filter_map(mark).collect()
}
