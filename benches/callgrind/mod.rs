//! Instructions, counted by valgrind's callgrind. The benchmark runs itself under callgrind once, for all its work.

use std::{
    env, fs,
    path::Path,
    process::{self, Command, Stdio},
};

/// This variable is set in the process that is measured.
const MEASURED: &str = "MEASURED_BY_CALLGRIND";

pub fn is_measured() -> bool {
    env::var_os(MEASURED).is_some()
}

/// Calls this function with instrumentation on, which makes code about ten times slower. The code before and after it
/// runs without. Switching takes a while, so many pieces of work share one call.
pub fn instrumented(work: impl FnOnce()) {
    crabgrind::callgrind::start_instrumentation();
    work();
    crabgrind::callgrind::stop_instrumentation();
}

/// Callgrind writes a file each time that this function returns, if [`instrumented`] has called it. It cannot also
/// count in the same function, so another function counts.
#[inline(never)]
pub fn written_by_callgrind(times: u32, work: &mut dyn FnMut()) {
    counted_by_callgrind(times, work);
}

/// Callgrind counts in this function and in all functions that it calls.
#[inline(never)]
fn counted_by_callgrind(times: u32, work: &mut dyn FnMut()) {
    for _ in 0..times {
        work();
    }
}

/// The output of the measured process, and the instructions of each call of [`written_by_callgrind`], in order.
pub fn run_self(arguments: &[String]) -> Result<(String, Vec<u64>), String> {
    let directory = env::temp_dir().join(format!("callgrind-{}", process::id()));
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let counted = run_into(&directory, arguments);
    // A directory that cannot be removed does no harm.
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

/// The number in the line `totals:`, or `summary:`, of callgrind's file.
fn instructions_of(dump: &Path) -> Result<u64, String> {
    let text = fs::read_to_string(dump).map_err(|error| error.to_string())?;
    let total = text.lines().rev().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
    let count = total.and_then(|total| total.trim().parse().ok());
    count.ok_or_else(|| format!("callgrind has counted nothing: {}", dump.display()))
}
