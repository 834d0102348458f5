//! Counts instructions, exactly: `cargo bench --features http --bench instructions`.
//!
//! It runs itself under valgrind's callgrind, once for each piece of work, and fails if a look-up grows with the number of
//! origins, sorting with more than n log n, or an answer with what a preflight asks for, by more than three a byte where that
//! is read. Words after `--` choose the work whose names have them.
#![allow(clippy::expect_used, reason = "a benchmark may fail")]

use std::{
    env,
    process::{Command, ExitCode},
};

mod work;
use work::{
    HEADERS, Work,
    look_up::{EXACT_ORIGINS, WILDCARDS},
    server::{LIST_BYTES, LISTS},
};

/// How often the work is done before it is measured, so that nothing is done for the first time.
const BEFORE: u32 = 16;
/// How often it is measured.
const TIMES: u32 = 32;

/// What callgrind counts: this function, and all that it calls.
#[inline(never)]
fn measured_by_callgrind(work: &mut dyn FnMut()) {
    for _ in 0..TIMES {
        work();
    }
}

fn main() -> ExitCode {
    let all = work::all();
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let Ok(name) = env::var("MEASURED_WORK") {
        let mut work = all.iter().find(|work| work.name == name).expect("work of this name").prepare();
        (0..BEFORE).for_each(|_| work());
        measured_by_callgrind(&mut *work);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("instructions are counted by valgrind, which is not installed: https://valgrind.org");
        return ExitCode::from(2);
    }
    let mut counts = Counts(Vec::new());
    println!("{:>12}  work", "instructions");
    for work in &all {
        if arguments.is_empty() || arguments.iter().any(|argument| work.name.contains(argument.as_str())) {
            match count(work) {
                Ok(count) => {
                    println!("{count:>12}  {}", work.name);
                    counts.0.push((work.name.clone(), count));
                }
                Err(message) => {
                    eprintln!("{}: {message}", work.name);
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    let broken = counts.broken();
    for sentence in &broken {
        eprintln!("error: {sentence}");
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The instructions that the work takes each time.
fn count(work: &Work) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*measured_by_callgrind*"])
        .arg(env::current_exe().map_err(|error| error.to_string())?)
        .env("MEASURED_WORK", &work.name)
        .output()
        .map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse::<u64>().ok());
    match collected {
        Some(count) if count > 0 && output.status.success() => Ok(count / u64::from(TIMES)),
        _ => Err(format!("callgrind has counted nothing:\n{told}")),
    }
}

struct Counts(Vec<(String, u64)>);

impl Counts {
    fn of(&self, name: &str) -> Option<u64> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, count)| *count)
    }

    /// What has grown faster than it may, in sentences.
    fn broken(&self) -> Vec<String> {
        let mut limits = Vec::new();
        for count in EXACT_ORIGINS {
            for which in ["one", "none"] {
                limits.push((
                    format!("look-up: {which} of {count} origins"),
                    format!("look-up: {which} of 1 origins"),
                    1.2,
                ));
            }
        }
        for count in WILDCARDS {
            for which in ["one", "none"] {
                let name = |count| format!("look-up: {which} of {count} wildcards");
                limits.push((name(count), name(1), 1.2));
            }
        }
        for pair in HEADERS.windows(2) {
            if let [fewer, more] = pair {
                let name = |count| format!("unsafe names: of {count} headers");
                // A quarter more than n log n: a small list is sorted by insertion.
                limits.push((name(more), name(fewer), 1.25 * n_log_n(*more) / n_log_n(*fewer)));
            }
        }
        for bytes in LIST_BYTES {
            for what in LISTS {
                let hostile = |policy| format!("preflight with {bytes} bytes {what}: {policy}");
                let usual = |policy| format!("preflight with 2 names: {policy}");
                limits.push((hostile("policy as it is"), usual("policy as it is"), 1.0));
                for policy in ["mirror", "minimal disclosure"] {
                    let base = self.of(&usual(policy)).unwrap_or(1);
                    limits.push((hostile(policy), usual(policy), 1.0 + 3.0 * as_float(bytes as u64) / as_float(base)));
                }
            }
        }
        let measured =
            limits.iter().filter_map(|(name, base, limit)| Some((name, self.of(name)?, base, self.of(base)?, limit)));
        measured
            .filter(|(_, count, _, base_count, limit)| as_float(*count) > *limit * as_float(*base_count))
            .map(|(name, count, base, base_count, limit)| {
                format!("`{name}` takes {count}, more than {limit:.1} times the {base_count} of `{base}`")
            })
            .collect()
    }
}

#[allow(clippy::cast_precision_loss, reason = "no count is near 2 to the 52")]
fn as_float(count: u64) -> f64 {
    count as f64
}

fn n_log_n(count: usize) -> f64 {
    let count = as_float(count as u64);
    count * count.log2()
}
