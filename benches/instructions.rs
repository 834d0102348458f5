//! Counts instructions, exactly: `cargo bench --features http,heapless --bench instructions`.
//!
//! It runs itself under valgrind's callgrind, once for each piece of work, and fails if a look-up grows with the number of
//! origins, sorting with more than n log n, anything that an adversary sends with more than its size, or an answer with what a
//! preflight asks for, by more than three a byte where that is read. Words after `--` choose the work whose names have them.
#![allow(clippy::expect_used, reason = "a benchmark may fail")]

use std::{
    env,
    process::{Command, ExitCode},
};

mod hostile;
#[path = "../tests/oracle/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests use the rest of it")]
mod oracle;
#[path = "../tests/oracle/preflight_cache.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod preflight_cache;
mod work;
use hostile::Hostile;
use work::{
    Work,
    browser::{ENTRIES, HEADERS},
    look_up::{EXACT_ORIGINS, WILDCARDS},
    server::{LIST_BYTES, LISTS},
};

/// How often the work is done before it is measured, so that nothing is done for the first time.
const BEFORE: u32 = 16;
/// How often it is measured.
const TIMES: u32 = 32;

/// What callgrind counts: this function, and all that it calls.
#[inline(never)]
fn measured_by_callgrind(times: u32, work: &mut dyn FnMut()) {
    for _ in 0..times {
        work();
    }
}

/// Does the work whose name is in the environment.
fn do_work(name: &str) {
    if let Some(work) = work::all().iter().find(|work| work.name == name) {
        let mut work = work.prepare();
        (0..BEFORE).for_each(|_| work());
        measured_by_callgrind(TIMES, &mut *work);
        return;
    }
    let sized = |hostile: &'static Hostile| hostile.sizes.map(|size| (hostile, size));
    let (hostile, size) = hostile::all()
        .flat_map(sized)
        .find(|(hostile, size)| hostile.name_of(*size) == name)
        .expect("work of this name");
    // There is much of it, so once is enough.
    let mut work = hostile.prepare(size).work;
    work();
    measured_by_callgrind(1, &mut *work);
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let Ok(name) = env::var("MEASURED_WORK") {
        do_work(&name);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("instructions are counted by valgrind, which is not installed: https://valgrind.org");
        return ExitCode::from(2);
    }
    let mut counts = Counts(Vec::new());
    println!("{:>12}  work", "instructions");
    let is_wanted =
        |name: &str| arguments.is_empty() || arguments.iter().any(|argument| name.contains(argument.as_str()));
    let work = work::all().into_iter().map(|Work { name, .. }| (name, TIMES, None));
    let hostile =
        hostile::all().flat_map(|hostile| hostile.sizes.map(|size| (hostile.name_of(size), 1, Some((hostile, size)))));
    for (name, times, hostile) in work.chain(hostile).filter(|(name, ..)| is_wanted(name)) {
        match count(&name, times) {
            Ok(count) => {
                let a_byte =
                    hostile.map(|(hostile, size)| as_float(count) / as_float(hostile.prepare(size).bytes as u64));
                let a_byte = a_byte.map(|a_byte| format!(" ({a_byte:.1} a byte)")).unwrap_or_default();
                println!("{count:>12}  {name}{a_byte}");
                counts.0.push((name, count));
            }
            Err(message) => {
                eprintln!("{name}: {message}");
                return ExitCode::FAILURE;
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
fn count(name: &str, times: u32) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*measured_by_callgrind*"])
        .arg(env::current_exe().map_err(|error| error.to_string())?)
        .env("MEASURED_WORK", name)
        .output()
        .map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse::<u64>().ok());
    match collected {
        Some(count) if count > 0 && output.status.success() => Ok(count / u64::from(times)),
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
                let name = |count| format!("classify: {count} headers");
                limits.push((name(more), name(fewer), as_float(*more as u64) / as_float(*fewer as u64)));
                let name = |count| format!("preflight for {count} headers");
                // A quarter more than n log n: a small list is sorted by insertion.
                limits.push((name(more), name(fewer), 1.25 * n_log_n(*more) / n_log_n(*fewer)));
            }
        }
        let [few, more @ ..] = &ENTRIES;
        let name = |count| format!("cache: look-up among {count} entries");
        limits.extend(more.iter().map(|more| (name(more), name(few), 1.2)));
        for hostile in hostile::all() {
            let [less, more] = hostile.sizes.map(|size| hostile.name_of(size));
            limits.push((more, less, hostile.limit()));
        }
        for bytes in LIST_BYTES {
            for what in LISTS {
                let hostile = |policy| format!("preflight with {bytes} bytes {what}: {policy}");
                let usual = |policy| format!("preflight with 2 names: {policy}");
                // The list is not read; a few instructions more or less are the length's.
                limits.push((hostile("policy as it is"), usual("policy as it is"), 1.05));
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
