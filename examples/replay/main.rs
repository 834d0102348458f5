//! Replays recordings of real browsers through the driver, and tells where they part.
//!
//! ```text
//! cargo run --release --features url --example replay -- \
//!     --profile fetch|chromium|firefox --against chromium|firefox [--ids] FILE.jsonl…
//! ```

mod compare;
mod predict;
mod replay;
mod scenario;
mod transport;

use std::{env, error::Error, fs, process::ExitCode};

use compare::{Difference, Ids};
use fetch_cors::browser::Profile;
use replay::{Recorded, Replay, Verdict};
use scenario::Scenario;

const USAGE: &str = "usage: replay --profile fetch|chromium|firefox --against chromium|firefox [--ids] FILE.jsonl...

Predicts what the browser of the profile does with each recorded scenario, and compares that with what a real one did:
each request sent, and what the page got. With --ids also the browser's own id of a failure, and what it quotes.

Prints a line `DIFF <scenario> <fetch> <what>: expected <recorded> got <predicted>` for each difference,
and `KNOWN <scenario> <fetch> <cause>` where the recorded browser's own profile predicts it.
Exit status: 0 if nothing differs but for known causes, 1 if something does, 2 for bad arguments or files.";

fn main() -> ExitCode {
    let result = parse_arguments(env::args().skip(1)).and_then(|(replay, files)| run(replay, &files));
    match result {
        Ok(Counts { differ: 0, .. }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn parse_arguments(mut arguments: impl Iterator<Item = String>) -> Result<(Replay, Vec<String>), Box<dyn Error>> {
    let (mut profile, mut against, mut ids, mut files) = (None, None, Ids::Ignored, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--profile" => profile = Some(profile_of(&arguments.next().ok_or(USAGE)?)?),
            "--against" => against = Some(recorded(&arguments.next().ok_or(USAGE)?)?),
            "--ids" => ids = Ids::Compared,
            "--help" | "-h" => {
                println!("{USAGE}");
                std::process::exit(0);
            }
            option if option.starts_with('-') => return Err(format!("unknown option `{option}`\n\n{USAGE}").into()),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err(format!("no files to replay\n\n{USAGE}").into());
    }
    let profile = profile.ok_or("`--profile` is missing")?;
    let against = against.ok_or("`--against` is missing")?;
    Ok((Replay { profile, against, ids }, files))
}

fn profile_of(name: &str) -> Result<Profile, String> {
    match name {
        "fetch" => Ok(Profile::FETCH),
        "chromium" => Ok(Profile::CHROMIUM),
        "firefox" => Ok(Profile::FIREFOX),
        _ => Err(format!("unknown profile `{name}`: one of `fetch`, `chromium`, `firefox`")),
    }
}

fn recorded(name: &str) -> Result<Recorded, String> {
    match name {
        "chromium" => Ok(Recorded::Chromium),
        "firefox" => Ok(Recorded::Firefox),
        _ => Err(format!("no recordings of `{name}`: one of `chromium`, `firefox`")),
    }
}

#[derive(Default)]
struct Counts {
    fetches: usize,
    scenarios: usize,
    agree: usize,
    known: usize,
    differ: usize,
}

fn run(replay: Replay, files: &[String]) -> Result<Counts, Box<dyn Error>> {
    let mut counts = Counts::default();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let at = |error: &dyn Error| format!("{file}:{}: {error}", number + 1);
            let scenario: Scenario = serde_json::from_str(line).map_err(|error| at(&error))?;
            counts.scenarios += 1;
            for (fetch, verdict) in replay.scenario(&scenario).map_err(|error| at(&error))?.into_iter().enumerate() {
                counts.fetches += 1;
                print(&scenario.id, fetch, &verdict);
                match verdict {
                    Verdict::Agrees => counts.agree += 1,
                    Verdict::Known(_) => counts.known += 1,
                    Verdict::Differs(_) => counts.differ += 1,
                }
            }
        }
    }
    let Counts { fetches, scenarios, agree, known, differ } = counts;
    println!("replayed {fetches} fetches of {scenarios} scenarios: {agree} agree, {known} known, {differ} differ");
    Ok(counts)
}

fn print(scenario: &str, fetch: usize, verdict: &Verdict) {
    match verdict {
        Verdict::Agrees => {}
        Verdict::Known(causes) => println!("KNOWN {scenario} {fetch} {}", causes.join("; ")),
        Verdict::Differs(differences) => {
            for Difference { what, expected, got } in differences {
                println!("DIFF {scenario} {fetch} {what}: expected {expected} got {got}");
            }
        }
    }
}
