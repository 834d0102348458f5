//! Counts instructions, exactly: `cargo bench -p fetch-cors-benches --features callgrind --bench instructions`.
//!
//! It runs itself under valgrind's callgrind. It fails if a count grows faster than allowed: a look-up with the number
//! of origins, sorting faster than n log n, work on hostile input faster than the input, or an answer by more than
//! three instructions for each byte of a preflight's list. It also fails if a count differs from `benches/baseline/` by
//! more than 5 %, if that has counts for this compiler. `-- --write-baseline` writes them. Words after `--` select the
//! work whose names contain them.

use std::{
    error::Error,
    process::{Command, ExitCode},
};

use fetch_cors_benches::{
    callgrind,
    counts::{Baseline, Counts, as_float},
    growth,
    measured::{self, Asked, Measured},
};

/// How much a count may differ from the committed one. Counts are exact, but a change of code elsewhere can change the
/// compiler's output.
const MARGIN: f64 = 0.05;

/// How much a count of a look-up among many patterns may differ if the seeds of policies are random. The number of
/// patterns that an unlisted origin is compared with depends on the seed.
const MARGIN_OF_LOOK_UPS: f64 = 0.15;

/// `./ci.sh instructions` compiles with a fixed seed, so that each count repeats.
fn margin(name: &str) -> f64 {
    let is_random = !cfg!(fetch_cors_fixed_seed) && (name.starts_with("look-up: ") || name.contains("owned of 100"));
    if is_random { MARGIN_OF_LOOK_UPS } else { MARGIN }
}

/// How many pieces of work are prepared and then counted together.
const BATCH: usize = 40;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let asked = Asked::from_environment();
    if callgrind::is_measured() {
        be_measured(&asked);
        return Ok(ExitCode::SUCCESS);
    }
    println!("instructions  work");
    let mut counts = count(&asked.words)?;
    let broken = growth::broken(&counts);
    if !broken.is_empty() {
        println!("large policies are not built: smaller ones show already what grows");
        return Ok(measured::end(&broken));
    }
    let mut large = asked.words.clone();
    large.push(measured::LARGE.to_owned());
    counts.extend(count(&large)?);
    let mut broken = growth::broken(&counts);
    let baseline = Baseline::read(&file_of_this_compiler()?)?;
    if asked.writes_baseline {
        baseline.write("Instructions of one call, counted by callgrind.", &counts)?;
    } else if baseline.is_empty() {
        println!("there is no {}: only growth is checked", baseline.name());
    } else {
        broken.extend(baseline.broken(&counts, margin, asked.words.is_empty()));
    }
    Ok(measured::end(&broken))
}

/// Runs the requested work, under callgrind.
fn be_measured(asked: &Asked) {
    let mut all = Measured::wanted(&asked.words).filter(|measured| measured.is_large() == asked.is_large);
    loop {
        // Policies are built while instrumentation is off, which is ten times faster.
        let mut batch: Vec<_> =
            all.by_ref().take(BATCH).map(|measured| (measured.prepare(), measured.name())).collect();
        if batch.is_empty() {
            return;
        }
        callgrind::instrumented(|| {
            for (repeated, _) in &mut batch {
                callgrind::written_by_callgrind(repeated.times, &mut *repeated.work);
            }
        });
        for (repeated, name) in batch {
            println!("{} {} {name}", repeated.times, repeated.bytes.unwrap_or(0));
        }
    }
}

/// Counts one call of each piece of work, and prints the count.
fn count(words: &[String]) -> Result<Counts, String> {
    let (written, instructions) = callgrind::run_self(words)?;
    if written.lines().count() != instructions.len() {
        return Err(format!("of this, {} times something was counted:\n{written}", instructions.len()));
    }
    let mut counts = Vec::new();
    for (line, instructions) in written.lines().zip(instructions) {
        let mut parts = line.splitn(3, ' ');
        let mut number = || parts.next().and_then(|part| part.parse::<u64>().ok());
        let (Some(times), Some(bytes)) = (number(), number()) else { return Err(format!("no numbers: {line}")) };
        let (name, count) = (parts.next().unwrap_or_default(), instructions / times);
        let a_byte = as_float(instructions) / as_float(bytes);
        let a_byte = if bytes == 0 { String::new() } else { format!(" ({a_byte:.1} a byte)") };
        println!("{count:>12}  {name}{a_byte}");
        counts.push((name.to_owned(), count));
    }
    Ok(counts)
}

fn file_of_this_compiler() -> Result<String, Box<dyn Error>> {
    let version = String::from_utf8(Command::new("rustc").arg("-vV").output()?.stdout)?;
    let value = |key: &str| version.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("unknown");
    let (architecture, _) = value("host: ").split_once('-').unwrap_or_default();
    let (minor, _) = value("release: ").rsplit_once('.').unwrap_or_default();
    Ok(format!("{architecture}-rustc-{minor}.txt"))
}
