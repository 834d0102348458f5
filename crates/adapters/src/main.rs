//! Tests an adapter with the twelve cases.
//!
//! ```text
//! judge HOST:PORT [--without-look-up] [--without-reload | --reload COMMAND]
//!     [--reload-with-mistakes COMMAND] [--settle-seconds SECONDS]
//! ```
//!
//! `sh -c` runs each COMMAND. The exit status is 0 if every answer is right, 1 if one is wrong, and 2 for wrong
//! arguments.

use core::time::Duration;
use std::process::{Command, ExitCode};

use adapters::{
    cases::{Case, Cases, Need},
    page::{BROWSERS, take},
    reload::{self, Reload},
    wire::Adapter,
};

const USAGE: &str = "judge HOST:PORT [--without-look-up] [--without-reload | --reload COMMAND] \
                     [--reload-with-mistakes COMMAND] [--settle-seconds SECONDS]";

#[derive(Default)]
struct Arguments {
    authority: String,
    without: Vec<Need>,
    reload: Option<String>,
    reload_with_mistakes: Option<String>,
    settle: Duration,
}

fn arguments() -> Option<Arguments> {
    let mut given = std::env::args().skip(1);
    let mut arguments = Arguments { authority: given.next()?, ..Arguments::default() };
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--without-look-up" => arguments.without.push(Need::LookUp),
            "--without-reload" => arguments.without.push(Need::Reload),
            "--reload" => arguments.reload = Some(given.next()?),
            "--reload-with-mistakes" => arguments.reload_with_mistakes = Some(given.next()?),
            "--settle-seconds" => arguments.settle = Duration::from_secs(given.next()?.parse().ok()?),
            _ => return None,
        }
    }
    let reloads = arguments.reload.is_some() != arguments.without.contains(&Need::Reload);
    reloads.then_some(arguments)
}

fn run(command: &str) -> Result<(), String> {
    let status = Command::new("sh").args(["-c", command]).status().map_err(|error| format!("{command}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command}: {status}")) }
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let adapter = Adapter::new(&arguments.authority);
    let mut wrong = 0;
    for (case, number) in Cases::read().cases.iter().zip(1..) {
        let judged = match case.needs {
            Some(need) if arguments.without.contains(&need) => Ok("left out".to_owned()),
            Some(Need::Reload) => under_load(case, &adapter, &arguments),
            _ => one_by_one(case, &adapter),
        };
        match judged {
            Ok(right) => println!("{number:2} {}: {right}", case.name),
            Err(mistakes) => {
                wrong += 1;
                println!("{number:2} {}: WRONG", case.name);
                for mistake in mistakes {
                    println!("   {mistake}");
                }
            }
        }
    }
    ExitCode::from(u8::from(wrong > 0))
}

fn one_by_one(case: &Case, adapter: &Adapter) -> Result<String, Vec<String>> {
    let (mut mistakes, mut fetches) = (Vec::new(), 0);
    for step in &case.steps {
        for (browser, profile) in BROWSERS {
            let found = take(step, profile, adapter).map_or_else(|error| vec![error], |taken| taken.mistakes(step));
            let page = step.page.as_deref().unwrap_or("not a page");
            let about = |mistake| format!("{browser}, {page}, {} {}: {mistake}", step.method, step.path);
            mistakes.extend(found.into_iter().map(about));
            fetches += 1;
        }
    }
    if mistakes.is_empty() { Ok(format!("right, {fetches} fetches in 3 browsers")) } else { Err(mistakes) }
}

fn under_load(case: &Case, adapter: &Adapter, arguments: &Arguments) -> Result<String, Vec<String>> {
    let change = || run(arguments.reload.as_deref().unwrap_or("false"));
    let with_mistakes = || run(arguments.reload_with_mistakes.as_deref().unwrap_or("false"));
    let reload = Reload {
        with_mistakes: arguments.reload_with_mistakes.as_ref().map(|_| &with_mistakes as &dyn Fn() -> _),
        change: &change,
        settle: arguments.settle,
    };
    let fetches = reload::judge(case, adapter, reload)?;
    Ok(format!("right, {fetches} fetches in 3 browsers, 4 at once"))
}
