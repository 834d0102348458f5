//! Instructions, counted by valgrind's callgrind: the benchmark runs itself under it, once for all its work.

use std::{
    env, fs,
    path::Path,
    process::{self, Command, Stdio},
};

/// Set where this is the process that is measured.
const MEASURED: &str = "MEASURED_BY_CALLGRIND";

pub fn is_measured() -> bool {
    env::var_os(MEASURED).is_some()
}

/// Calls this function with instrumentation on, which makes all that runs some ten times slower; what is before and after it runs
/// without. To switch takes a while, so it is done for many pieces of work together.
pub fn instrumented(work: impl FnOnce()) {
    crabgrind::callgrind::start_instrumentation();
    work();
    crabgrind::callgrind::stop_instrumentation();
}

/// Callgrind writes a file each time that this function has been left, where it is called by [`instrumented`]. It does not do both
/// for one function: another counts.
#[inline(never)]
pub fn written_by_callgrind(times: u32, work: &mut dyn FnMut()) {
    counted_by_callgrind(times, work);
}

/// What callgrind counts: this function, and all that it calls.
#[inline(never)]
fn counted_by_callgrind(times: u32, work: &mut dyn FnMut()) {
    for _ in 0..times {
        work();
    }
}

/// What the measured process has written, and the instructions of each call of [`written_by_callgrind`], in their order.
pub fn run_self(arguments: &[String]) -> Result<(String, Vec<u64>), String> {
    let directory = env::temp_dir().join(format!("callgrind-{}", process::id()));
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let counted = run_into(&directory, arguments);
    // What is left there is of no use, and in nobody's way.
    let _ = fs::remove_dir_all(&directory);
    counted
}

fn run_into(directory: &Path, arguments: &[String]) -> Result<(String, Vec<u64>), String> {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--instr-atstart=no",
            "--toggle-collect=*counted_by_callgrind*",
            "--dump-after=*written_by_callgrind*",
        ])
        .arg(format!("--callgrind-out-file={}", directory.join("out").display()))
        .arg(env::current_exe().map_err(|error| error.to_string())?)
        .args(arguments)
        .env(MEASURED, "")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("instructions are counted by valgrind (https://valgrind.org): {error}"))?;
    let written = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(format!("{written}{}", String::from_utf8_lossy(&output.stderr)));
    }
    let dumps = (1..).map(|number| directory.join(format!("out.{number}"))).take_while(|dump| dump.exists());
    let counts = dumps.map(|dump| instructions_of(&dump)).collect::<Result<_, _>>()?;
    Ok((written, counts))
}

/// The line `totals:`, or `summary:`, of a file of callgrind's.
fn instructions_of(dump: &Path) -> Result<u64, String> {
    let text = fs::read_to_string(dump).map_err(|error| error.to_string())?;
    let total = text.lines().rev().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
    let count = total.and_then(|total| total.trim().parse().ok());
    count.ok_or_else(|| format!("callgrind has counted nothing: {}", dump.display()))
}
