//! Measures time, by the clock: `cargo bench -p fetch-cors-benches --features time --bench time`.
//!
//! Measures the same work as the benchmark `instructions`, which is exact.

use std::time::Duration;

use criterion::Criterion;
use fetch_cors_benches::work;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30)
        .configure_from_args();
    for work in work::all() {
        // The work is prepared only when it runs.
        let mut prepared = None;
        criterion.bench_function(&work.name, |bencher| {
            let repeat = prepared.get_or_insert_with(|| work.prepare());
            bencher.iter(repeat);
        });
    }
    criterion.final_summary();
}
