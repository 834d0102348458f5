//! Replays recordings of real browsers through the driver, and prints the differences.
//!
//! ```text
//! cargo run --release --features url --example replay -- \
//!     --profile fetch|chromium|firefox|webkit --against chromium|firefox|webkit [--ids] FILE.jsonl…
//! ```

use std::{
    env,
    error::Error,
    io::{self, Write, stdout},
    path::Path,
    process::ExitCode,
};

use fetch_cors::browser::{Profile, profile::Departure};
use testkit::recordings::{self, Difference, Ids, Recorded, Replay, Verdict};

const USAGE: &str =
    "usage: replay --profile fetch|chromium|firefox|webkit --against chromium|firefox|webkit [--ids] FILE.jsonl...

Predicts what the browser of the profile does with each recorded scenario, and compares that with what a real one did:
each request sent, and what the page got. With --ids also the browser's own id of a failure, and what it quotes; of WebKit the line of its console.

Prints a line `DIFF <scenario> <fetch> <what>: expected <recorded> got <predicted>` for each difference,
and `KNOWN <scenario> <fetch> <cause> [<algorithm>, <step>]; ...` where the recorded browser's own profile predicts it.
Exit status: 0 if nothing differs but for known causes, 1 if something does, 2 for bad arguments or files.";

fn main() -> ExitCode {
    match parse_arguments(env::args().skip(1)).and_then(|command| run(&command)) {
        Ok(Counts { differ: 0, .. }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

enum Command {
    Help,
    Replay(Replay, Vec<String>),
}

fn parse_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Command, Box<dyn Error>> {
    let (mut profile, mut against, mut ids, mut files) = (None, None, Ids::Ignored, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--profile" => profile = Some(profile_of(&arguments.next().ok_or(USAGE)?)?),
            "--against" => against = Some(recorded(&arguments.next().ok_or(USAGE)?)?),
            "--ids" => ids = Ids::Compared,
            "--help" | "-h" => return Ok(Command::Help),
            option if option.starts_with('-') => return Err(format!("unknown option `{option}`\n\n{USAGE}").into()),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err(format!("no files to replay\n\n{USAGE}").into());
    }
    let profile = profile.ok_or("`--profile` is missing")?;
    let against = against.ok_or("`--against` is missing")?;
    let ids = if ids == Ids::Compared { against.ids() } else { ids };
    Ok(Command::Replay(Replay { profile, against, ids }, files))
}

fn profile_of(name: &str) -> Result<Profile, String> {
    match name {
        "fetch" => Ok(Profile::FETCH),
        "chromium" => Ok(Profile::CHROMIUM),
        "firefox" => Ok(Profile::FIREFOX),
        "webkit" | "safari" => Ok(Profile::WEBKIT),
        _ => Err(format!("unknown profile `{name}`: one of `fetch`, `chromium`, `firefox`, `webkit`")),
    }
}

fn recorded(name: &str) -> Result<Recorded, String> {
    match name {
        "chromium" => Ok(Recorded::Chromium),
        "firefox" => Ok(Recorded::Firefox),
        "webkit" | "safari" => Ok(Recorded::WebKit),
        _ => Err(format!("no recordings of `{name}`: one of `chromium`, `firefox`, `webkit`")),
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

/// The counts of all fetches. If the reader stops early, as `head` does, they cover the fetches so far.
fn run(command: &Command) -> Result<Counts, Box<dyn Error>> {
    let (mut counts, mut out) = (Counts::default(), stdout().lock());
    let result = match command {
        Command::Help => writeln!(out, "{USAGE}").map_err(Box::from),
        Command::Replay(replay, files) => replay_files(*replay, files, &mut counts, &mut out),
    };
    match result {
        Err(error) if !is_broken_pipe(&*error) => Err(error),
        _ => Ok(counts),
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn replay_files(
    replay: Replay,
    files: &[String],
    counts: &mut Counts,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    for file in files {
        for scenario in recordings::read(Path::new(file))? {
            counts.scenarios += 1;
            let verdicts = replay.scenario(&scenario).map_err(|error| format!("{file}: {error}"))?;
            for (fetch, verdict) in verdicts.into_iter().enumerate() {
                counts.fetches += 1;
                match verdict {
                    Verdict::Agrees => counts.agree += 1,
                    Verdict::Known(_) => counts.known += 1,
                    Verdict::Differs(_) => counts.differ += 1,
                }
                print(out, &scenario.id, fetch, &verdict)?;
            }
        }
    }
    let Counts { fetches, scenarios, agree, known, differ } = counts;
    if *scenarios == 0 {
        return Err("there is no scenario in the files".into());
    }
    writeln!(
        out,
        "replayed {fetches} fetches of {scenarios} scenarios: {agree} agree, {known} known, {differ} differ"
    )?;
    Ok(())
}

fn print(out: &mut impl Write, scenario: &str, fetch: usize, verdict: &Verdict) -> io::Result<()> {
    match verdict {
        Verdict::Agrees => Ok(()),
        Verdict::Known(causes) => {
            let cause =
                |cause: &&Departure| format!("{} [{}, {}]", cause.name, cause.step.algorithm.name(), cause.step.number);
            let causes: Vec<String> = causes.iter().map(cause).collect();
            writeln!(out, "KNOWN {scenario} {fetch} {}", causes.join("; "))
        }
        Verdict::Differs(differences) => differences.iter().try_for_each(|Difference { what, expected, got }| {
            writeln!(out, "DIFF {scenario} {fetch} {what}: expected {expected} got {got}")
        }),
    }
}
