//! Compares other crates with this one, on equal requests: `cargo bench -p fetch-cors-benches --features peers --bench
//! peers -- show`.
//!
//! `show` prints the answers; `instructions` and `time` print costs, as tables with tabs: the service alone, and with
//! the peer around it. `instructions` can be limited to one peer by its name.

use std::{error::Error, process::ExitCode, time::Duration};

use cpu_time::ThreadTime;
use fetch_cors_benches::{
    callgrind,
    measured::{self, Asked},
    peers::{
        self, Around, Exchange, Peer,
        scenes::{self, Scene},
    },
};

/// How many requests are answered before the measurement, and how many during it.
const BEFORE: usize = 8;
const TIMES: usize = 32;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut asked = Asked::from_environment().words.into_iter();
    let (mode, peer) = (asked.next().unwrap_or_default(), asked.next());
    match (mode.as_str(), peer) {
        ("show", None) => return Ok(show()),
        ("instructions", Some(name)) if callgrind::is_measured() => callgrind::instrumented(|| count(&name)),
        ("instructions", only) => instructions(only.as_deref())?,
        ("time", None) => time(),
        _ => return Err("one of: show, instructions, time".into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// How many bytes of a value are printed. A longer value is cut, and its length is printed.
const SHOWN: usize = 120;

fn shown(value: &str) -> String {
    match value.split_at_checked(SHOWN) {
        Some((start, rest)) if !rest.is_empty() => format!("{start}… ({} bytes)", value.len()),
        _ => value.to_owned(),
    }
}

/// Prints each answer. Fails if the least code sends something else than this crate.
fn show() -> ExitCode {
    let mut wrong = Vec::new();
    for scene in scenes::all() {
        let mut ours = Vec::new();
        for peer in peers::ALL {
            let Some(mut exchange) = (peer.exchange)(&scene, Around::Service) else { continue };
            let answer = exchange.show();
            if peer.name.starts_with("fetch-cors") || peer.name.starts_with("limit") {
                ours.push((peer.name, answer.clone()));
            }
            if scenes::is_of_curve(&scene) {
                continue;
            }
            println!("{}\t{}\tstatus\t{}", scene.name, peer.name, answer.status);
            for (name, value) in &answer.lines {
                println!("{}\t{}\t{name}\t{}", scene.name, peer.name, shown(value));
            }
        }
        for (name, answer) in ours.iter().skip(1) {
            if Some(answer) != ours.first().map(|(_, first)| first) {
                wrong.push(format!("{}: {name} answers differently", scene.name));
            }
        }
    }
    measured::end(&wrong)
}

/// The exchanges of a scene, without the peer and with it.
fn both(peer: &Peer, scene: &Scene) -> Option<[Box<dyn Exchange>; 2]> {
    let around = (peer.exchange)(scene, Around::Service)?;
    Some([(peer.exchange)(scene, Around::Nothing)?, around])
}

/// Answers the requests of all scenes, for callgrind.
fn count(name: &str) {
    let peer = peers::ALL.iter().find(|peer| peer.name == name).expect("it is a peer");
    for scene in scenes::all() {
        let Some(both) = both(peer, &scene) else { continue };
        for mut exchange in both {
            exchange.prepare(BEFORE + TIMES);
            (0..BEFORE).for_each(|_| exchange.answer());
            callgrind::written_by_callgrind(u32::try_from(TIMES).unwrap_or(0), &mut || exchange.answer());
        }
        println!("{}", scene.name);
    }
}

fn instructions(only: Option<&str>) -> Result<(), Box<dyn Error>> {
    for peer in peers::ALL.iter().filter(|peer| only.is_none_or(|only| peer.name == only)) {
        let (scenes, counts) = callgrind::run_self(&["instructions".to_owned(), peer.name.to_owned()])?;
        if 2 * scenes.lines().count() != counts.len() {
            return Err(format!("{}: {} counts", peer.name, counts.len()).into());
        }
        for (scene, counts) in scenes.lines().zip(counts.chunks_exact(2)) {
            let times = u64::try_from(TIMES)?;
            println!("instructions\t{scene}\t{}\t{}\t{}", peer.name, counts[0] / times, counts[1] / times);
        }
    }
    Ok(())
}

/// The scenes whose time is measured.
const TIMED: [&str; 12] = [
    "no `Origin`",
    "one origin, 3 headers",
    "two origins",
    "credentials, two exposed",
    "two origins, refused",
    "predicate beside two origins, listed",
    "10,000 origins",
    "10,000 wildcards",
    "preflight",
    "preflight, mirrored",
    "preflight, any origin, mirrored",
    "preflight, 64 KiB: one name again and again",
];

/// How many rounds are measured, and how many requests are answered in each.
const ROUNDS: usize = 400;
const BATCH: u16 = 128;

/// Measures some scenes by this thread's CPU clock, which does not count other work of the machine. All peers take
/// turns in each round, so that a slower machine affects all of them, and the medians of one run can be compared.
/// Preparing the requests is not measured.
fn time() {
    for scene in scenes::all().iter().filter(|scene| TIMED.contains(&scene.name.as_str())) {
        let mut turns: Vec<_> = peers::ALL.iter().filter_map(|peer| Some((peer.name, both(peer, scene)?))).collect();
        let mut spent = vec![[const { Vec::new() }; 2]; turns.len()];
        for _ in 0..ROUNDS {
            for ((_, both), spent) in turns.iter_mut().zip(&mut spent) {
                for (exchange, spent) in both.iter_mut().zip(spent) {
                    exchange.prepare(BATCH.into());
                    let started = ThreadTime::now();
                    (0..BATCH).for_each(|_| exchange.answer());
                    spent.push(started.elapsed());
                }
            }
        }
        for ((peer, _), spent) in turns.iter().zip(spent) {
            let [bare, with] = spent.map(median);
            println!("nanoseconds\t{}\t{peer}\t{bare:.1}\t{with:.1}", scene.name);
        }
    }
}

/// The median time of one request, in nanoseconds.
fn median(mut spent: Vec<Duration>) -> f64 {
    spent.sort_unstable();
    let median = spent.get(spent.len() / 2).copied().unwrap_or_default();
    median.as_secs_f64() * 1e9 / f64::from(BATCH)
}
