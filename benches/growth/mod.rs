//! The limits on the growth of counts.

use testkit::hostile;

use crate::{
    counts::{Counts, as_float},
    work::{
        browser::{ENTRIES, HEADERS},
        lint, look_up,
        server::{LIST_BYTES, LISTS},
    },
};

fn of(counts: &Counts, name: &str) -> Option<u64> {
    counts.iter().find(|(other, _)| other == name).map(|(_, count)| *count)
}

/// The counts that grow faster than allowed, in sentences.
pub fn broken(counts: &Counts) -> Vec<String> {
    let mut limits = Vec::new();
    for shape in look_up::shapes() {
        for which in ["one", "none"] {
            let name = |count| look_up::name_of_look_up(which, count, shape);
            // Up to eight wildcards are compared one by one, which costs less than looking them up.
            limits.extend(look_up::PATTERNS.map(|count| (name(count), name(100), 1.2)));
        }
        let [fewer, more] = look_up::BUILT;
        let limit = 1.1 * as_float(more as u64) / as_float(fewer as u64);
        limits.push((look_up::name_of_build(more, shape), look_up::name_of_build(fewer, shape), limit));
    }
    for what in lint::subjects() {
        let [fewer, more] = lint::COUNTS;
        limits.push((lint::name(what, more), lint::name(what, fewer), 1.25 * n_log_n(more) / n_log_n(fewer)));
    }
    for pair in HEADERS.windows(2) {
        if let [fewer, more] = pair {
            let name = |count| format!("classify: {count} headers");
            limits.push((name(more), name(fewer), as_float(*more as u64) / as_float(*fewer as u64)));
            let name = |count| format!("preflight for {count} headers");
            // A quarter more than n log n, because a small list is sorted by insertion.
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
            // The list is not read. Only its length may change the count a little.
            limits.push((hostile("policy as it is"), usual("policy as it is"), 1.05));
            for policy in ["mirror", "minimal disclosure"] {
                let base = of(counts, &usual(policy)).unwrap_or(1);
                limits.push((hostile(policy), usual(policy), 1.0 + 3.0 * as_float(bytes as u64) / as_float(base)));
            }
        }
    }
    let measured =
        limits.iter().filter_map(|(name, base, limit)| Some((name, of(counts, name)?, base, of(counts, base)?, limit)));
    measured
        .filter(|(_, count, _, base_count, limit)| as_float(*count) > *limit * as_float(*base_count))
        .map(|(name, count, base, base_count, limit)| {
            format!("`{name}` takes {count}, more than {limit:.1} times the {base_count} of `{base}`")
        })
        .collect()
}

fn n_log_n(count: usize) -> f64 {
    let count = as_float(count as u64);
    count * count.log2()
}
