//! `cors check`: sends the requests of browsers to a live server.
//!
//! ```text
//! args, matrix ─ plan ─┬─ verdict ─ visit ─┬─ transport ─ wire ─ the network
//!                      └─ probe   ─ visit ─┘
//!                              └─ result ─ output
//! ```
//!
//! `visit` has the library's model drive one fetch. It sends through a `Transport`, which is a fake in tests.

mod added;
mod args;
mod finding;
mod matrix;
mod output;
mod plan;
mod probe;
mod result;
#[cfg(test)]
mod tests;
mod transport;
mod verdict;
mod visit;
mod wire;

use std::{
    fs, process,
    time::{SystemTime, UNIX_EPOCH},
};

use fetch_cors::server::{OwnedPolicy, PolicyConfig};

pub use args::Arguments;
pub use finding::Code as FindingCode;

use crate::{BadInput, exit::Exit, output::print};
use matrix::Matrix;
use plan::{Call, Check, Expectation};
use probe::{IsAllowed, Target};
use result::{Probe, Run};
use visit::Browser;
use wire::Wire;

/// Runs the checks of a command line, and writes the result to standard output.
pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let Matrix { checks, allow, ignore } = plan_of(arguments)?;
    let allowed = Allowed::of(&allow)?;
    let targets = if arguments.probe { targets(&checks) } else { Vec::new() };
    if arguments.probe && targets.is_empty() {
        return Err("`--probe` asks about a page that should read, and no check expects that".into());
    }
    let mut wire = Wire::new(&arguments.settings(), checks.iter().map(|check| check.call.url.clone()))?;
    let mut browsers = Browser::all();
    let mut run = Run::default();
    for check in &checks {
        run.checks.push(verdict::check(check, &mut browsers, &mut wire)?);
    }
    let fresh = fresh();
    for (call, pages, place) in targets {
        let target = Target { call, pages: &pages, is_allowed: &allowed, fresh: &fresh };
        let mut result = probe::probe(&target, &mut wire);
        if let Ok(findings) = &mut result {
            findings.retain(|finding| !ignore.contains(&finding.code));
        }
        run.probes.push(Probe { url: call.url.clone(), pages, place, result });
    }
    print(&output::write(&run, arguments.format)?)?;
    Ok(run.exit())
}

/// What the command line and its file ask for.
fn plan_of(arguments: &Arguments) -> Result<Matrix, BadInput> {
    let mut plan = match &arguments.matrix {
        Some(path) => {
            let file = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
            matrix::parse(&text, &file)
                .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\ncors: "))?
        }
        None => Matrix { checks: checks_of(arguments)?, ..Matrix::default() },
    };
    plan.allow.extend(arguments.allow.iter().cloned());
    plan.ignore.extend(arguments.ignore.iter().copied());
    Ok(plan)
}

fn checks_of(arguments: &Arguments) -> Result<Vec<Check>, BadInput> {
    let call = Call {
        url: arguments.url.clone().unwrap_or_default(),
        method: arguments.method.clone(),
        headers: arguments.headers.clone(),
        credentials: arguments.credentials,
        body: arguments.body.clone(),
    };
    let check = |origin: &String| {
        visit::validate(origin, &call)?;
        Ok(Check { name: None, origin: origin.clone(), call: call.clone(), expectation: arguments.expect, place: None })
    };
    arguments.from.iter().map(check).collect()
}

/// A call of a URL to probe, the pages that should read it, and where the check is written.
type Probed<'c> = (&'c Call, Vec<String>, Option<plan::Place>);

/// Each URL to probe, once, with the first call of it.
fn targets(checks: &[Check]) -> Vec<Probed<'_>> {
    let mut targets: Vec<Probed<'_>> = Vec::new();
    let readable = checks.iter().filter(|check| check.expectation == Expectation::Readable);
    for check in readable {
        match targets.iter_mut().find(|(call, ..)| call.url == check.call.url) {
            Some((_, pages, _)) if pages.contains(&check.origin) => {}
            Some((_, pages, _)) => pages.push(check.origin.clone()),
            None => targets.push((&check.call, vec![check.origin.clone()], check.place.clone())),
        }
    }
    targets
}

/// A word for URLs that were never requested before.
fn fresh() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("cors-probe-{:x}-{:x}", now.as_nanos(), process::id())
}

/// The origins of `--allow`.
#[derive(Debug)]
struct Allowed(Option<OwnedPolicy>);

impl Allowed {
    fn of(patterns: &[String]) -> Result<Self, BadInput> {
        if patterns.is_empty() {
            return Ok(Allowed(None));
        }
        let errors = match PolicyConfig::new(patterns.iter().cloned()).build() {
            Ok(policy) => return Ok(Allowed(Some(policy))),
            Err(errors) => errors,
        };
        Err(errors.iter().map(|error| format!("`allow`: {error}")).collect::<Vec<_>>().join("\ncors: ").into())
    }
}

impl IsAllowed for Allowed {
    fn is_allowed(&self, origin: &str) -> bool {
        self.0.as_ref().is_some_and(|policy| policy.allows_origin(origin.as_bytes()))
    }
}
