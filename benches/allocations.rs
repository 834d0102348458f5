//! Counts allocations, exactly: `cargo bench -p fetch-cors-benches --bench allocations`.
//!
//! It fails if a count differs from `benches/baseline/allocations.txt`. Work that is not in this file must allocate
//! nothing. `-- --write-baseline` writes the file. Words after `--` select the work whose names contain them.

use std::{error::Error, process::ExitCode};

use fetch_cors_benches::{
    counts::{Baseline, Counts},
    measured::{self, Asked, Measured},
};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let asked = Asked::from_environment();
    println!("allocations  work");
    let mut counts = Counts::new();
    for measured in Measured::wanted(&asked.words) {
        let mut repeated = measured.prepare();
        let allocated = allocation_counter::measure(|| (0..repeated.times).for_each(|_| (repeated.work)())).count_total;
        // Rounded up, so that only zero is printed as zero.
        let count = allocated.div_ceil(u64::from(repeated.times));
        println!("{count:>11}  {}", measured.name());
        if count > 0 {
            counts.push((measured.name(), count));
        }
    }
    let baseline = Baseline::read("allocations.txt")?;
    if asked.writes_baseline {
        baseline.write("Allocations of one call. Work that is not listed allocates nothing.", &counts)?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(measured::end(&baseline.broken(&counts, |_| 0.0, asked.words.is_empty())))
}
