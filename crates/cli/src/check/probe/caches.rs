//! What goes wrong with a cache in between: answers depend on `Origin` and do not say so.

use fetch_cors::browser::request::CredentialsMode;

use super::{BROWSERS, Target, all_read, as_nobody, simple, strangers::strangers, visits};
use crate::check::{
    finding::{Code, Finding},
    plan::Call,
    transport::{Answer, Exchange, NoAnswer, Transport},
};

pub fn findings(target: &Target<'_>, transport: &mut dyn Transport) -> Result<Vec<Finding>, NoAnswer> {
    let mut findings = Vec::new();
    for page in target.pages {
        if let Some(finding) = mixed(target, page, transport)? {
            findings.push(finding);
        } else if let Some(finding) = vary_missing(target, page, transport)? {
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// Finds an answer to another request that a cache may give to the page, and that the page cannot read.
fn vary_missing(target: &Target<'_>, page: &str, transport: &mut dyn Transport) -> Result<Option<Finding>, NoAnswer> {
    let url = &target.call.url;
    let call = simple(url, target.call.credentials);
    let Some(own) = first_answer(page, &call, transport)? else { return Ok(None) };
    if !all_read(page, &call, &own.answer) {
        return Ok(None);
    }
    let mut others = vec![("a request without `Origin`".to_owned(), as_nobody(url, transport)?)];
    let pages = target.pages.iter().filter(|other| *other != page).cloned();
    let strangers = strangers(page).into_iter().map(|stranger| stranger.origin);
    for other in pages.chain(strangers) {
        if let Ok(Some(exchange)) = first_answer(&other, &call, transport) {
            others.push((format!("`{other}`"), exchange));
        }
    }
    let harmful = |(_, exchange): &&(String, Exchange)| {
        may_be_stored(&exchange.answer)
            && !varies_by_origin(&exchange.answer)
            && !all_read(page, &call, &exchange.answer)
    };
    Ok(others.iter().find(harmful).map(|(other, exchange)| Finding {
        code: Code::VaryOriginMissing,
        url: url.clone(),
        origin: page.to_owned(),
        message: format!(
            "the answer to {other} has no `Vary: Origin`, and differs from that to `{page}`: a cache may give it to \
             `{page}`, which then cannot read it"
        ),
        fix: "Send `Vary: Origin` with every response of this URL: allowed, refused, and to requests without `Origin`."
            .into(),
        browsers: BROWSERS.to_vec(),
        evidence: vec![exchange.clone(), own.clone()],
    }))
}

/// Asks for a new URL as nobody and then as the page, and for another new URL as the page alone. If a cache mixes them, the
/// page reads the second answer and not the first.
fn mixed(target: &Target<'_>, page: &str, transport: &mut dyn Transport) -> Result<Option<Finding>, NoAnswer> {
    let place = target.pages.iter().position(|own| own == page).unwrap_or_default();
    let url = |turn: &str| with_query(&target.call.url, &format!("{}-{place}-{turn}", target.fresh));
    let (Some(alone), Some(after)) = (url("alone"), url("after")) else { return Ok(None) };
    let credentials = CredentialsMode::Omit;
    let (alone, after_call) = (simple(&alone, credentials), simple(&after, credentials));
    let Some(fresh) = first_answer(page, &alone, transport)? else { return Ok(None) };
    let nobody = as_nobody(&after, transport)?;
    let Some(kept) = first_answer(page, &after_call, transport)? else { return Ok(None) };
    let reads = |exchange: &Exchange| all_read(page, &alone, &exchange.answer);
    if !reads(&fresh) || reads(&kept) {
        return Ok(None);
    }
    Ok(Some(Finding {
        code: Code::CacheMixesOrigins,
        url: target.call.url.clone(),
        origin: page.to_owned(),
        message: format!(
            "after a request without `Origin`, `{page}` was given an answer that it cannot read; of a URL that nobody \
             had asked for before, it was given one that it can"
        ),
        fix: "Send `Vary: Origin` with every response of this URL, then purge the cache; or have the cache take \
              `Origin` into its key."
            .into(),
        browsers: BROWSERS.to_vec(),
        evidence: vec![nobody, kept, fresh],
    }))
}

/// The answer to the first request of a call, before any redirect.
fn first_answer(origin: &str, call: &Call, transport: &mut dyn Transport) -> Result<Option<Exchange>, NoAnswer> {
    let visits = visits(origin, call, transport)?;
    Ok(visits.into_iter().find_map(|(_, visit)| visit.exchanges.into_iter().next()))
}

// AD-HOC: any `Cache-Control` other than `no-store` lets a cache keep the answer and give it to another client. Revalidation
// does not help: after a 304, the headers that CORS reads are still those of the stored answer.
fn may_be_stored(answer: &Answer) -> bool {
    !names(answer, "cache-control").any(|name| name == "no-store")
}

fn varies_by_origin(answer: &Answer) -> bool {
    names(answer, "vary").any(|name| name == "origin" || name == "*")
}

/// The elements of a header's list, in lower case.
fn names<'a>(answer: &'a Answer, header: &'a str) -> impl Iterator<Item = String> + 'a {
    let lines = answer.lines(header).map(String::from_utf8_lossy);
    lines.flat_map(|line| {
        let names: Vec<String> = line.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        names
    })
}

fn with_query(url: &str, word: &str) -> Option<String> {
    let mut url = url::Url::parse(url).ok()?;
    url.query_pairs_mut().append_pair("cors-probe", word);
    Some(url.into())
}
