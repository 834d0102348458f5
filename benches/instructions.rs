//! Counts instructions, exactly: `cargo bench -p fetch-cors-benches --bench instructions`.
//!
//! It runs itself under valgrind's callgrind, and fails if a look-up grows with the number of origins, sorting with more than
//! n log n, anything that an adversary sends with more than its size, or an answer with what a preflight asks for, by more than
//! three a byte where that is read; or if a count is not that of `benches/baseline/`, to within 5 %, where there is one for
//! this compiler. `-- --write-baseline` writes it. Words after `--` choose the work whose names have them.

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

/// How much a count may differ from the one that is committed. Exact as they are, they change with what the compiler makes
/// of code elsewhere.
const MARGIN: f64 = 0.05;

/// How much a count of a look-up among many patterns may differ. The seeds of policies are random, so origins that are not listed are compared
/// with more patterns in one run than in another.
const MARGIN_OF_LOOK_UPS: f64 = 0.15;

fn margin(name: &str) -> f64 {
    let is_look_up = name.starts_with("look-up: ") || name.contains("owned of 100");
    if is_look_up { MARGIN_OF_LOOK_UPS } else { MARGIN }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let asked = Asked::from_environment();
    if callgrind::is_measured() {
        for measured in Measured::wanted(&asked.words) {
            let mut repeated = measured.prepare();
            callgrind::written_by_callgrind(repeated.times, &mut *repeated.work);
            println!("{} {} {}", repeated.times, repeated.bytes.unwrap_or(0), measured.name());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let counts = count(&asked.words)?;
    let baseline = Baseline::read(&file_of_this_compiler()?)?;
    let mut broken = growth::broken(&counts);
    if asked.writes_baseline {
        baseline.write("Instructions of one call, counted by callgrind.", &counts)?;
    } else if baseline.is_empty() {
        println!("there is no {}: only growth is checked", baseline.name());
    } else {
        broken.extend(baseline.broken(&counts, margin, asked.words.is_empty()));
    }
    Ok(measured::end(&broken))
}

/// Counts what the work takes each time, and prints it.
fn count(words: &[String]) -> Result<Counts, String> {
    let (written, instructions) = callgrind::run_self(words)?;
    if written.lines().count() != instructions.len() {
        return Err(format!("of this, {} times something was counted:\n{written}", instructions.len()));
    }
    println!("instructions  work");
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
