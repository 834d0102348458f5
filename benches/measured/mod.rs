//! All work that is counted: usual requests, and hostile input.

use std::{env, process::ExitCode};

use testkit::hostile::{self, Hostile};

use crate::work::{self, Work};

/// How often usual work runs before it is measured, to leave out the cost of the first call.
const BEFORE: u32 = 16;

pub enum Measured {
    Usual(Work),
    /// A piece of hostile work, in one of its sizes.
    Hostile(&'static Hostile, usize),
}

/// Work that has already run.
pub struct Repeated {
    pub work: Box<dyn FnMut()>,
    /// How often it should run.
    pub times: u32,
    /// The length of the hostile input.
    pub bytes: Option<usize>,
}

impl Measured {
    /// All work whose name contains one of the words; without words, all work.
    pub fn wanted(words: &[String]) -> impl Iterator<Item = Measured> {
        let hostile = hostile::all().flat_map(|hostile| hostile.sizes.map(|size| Measured::Hostile(hostile, size)));
        let all = work::all().into_iter().map(Measured::Usual).chain(hostile);
        all.filter(move |measured| {
            let name = measured.name();
            words.is_empty() || words.iter().any(|word| name.contains(word.as_str()))
        })
    }

    pub fn name(&self) -> String {
        match self {
            Measured::Usual(work) => work.name.clone(),
            Measured::Hostile(hostile, size) => hostile.name_of(*size),
        }
    }

    pub fn is_large(&self) -> bool {
        matches!(self, Measured::Usual(work) if work.is_large)
    }

    pub fn prepare(&self) -> Repeated {
        match self {
            Measured::Usual(work) => {
                let (times, mut repeat) = (work.times, work.prepare());
                (0..BEFORE.min(times)).for_each(|_| repeat());
                Repeated { work: repeat, times, bytes: None }
            }
            // Such work is long, so one call is enough.
            Measured::Hostile(hostile, size) => {
                let mut prepared = hostile.prepare(*size);
                (prepared.work)();
                Repeated { work: prepared.work, times: 1, bytes: Some(prepared.bytes) }
            }
        }
    }
}

/// The option for large work.
pub const LARGE: &str = "--large";

/// The command line of a benchmark.
pub struct Asked {
    /// The words that select work by name; empty for all work.
    pub words: Vec<String>,
    pub writes_baseline: bool,
    /// Whether only the large work runs.
    pub is_large: bool,
}

impl Asked {
    pub fn from_environment() -> Self {
        let (options, words): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|argument| argument.starts_with("--"));
        let has = |name| options.iter().any(|option| option == name);
        Asked { words, writes_baseline: has("--write-baseline"), is_large: has(LARGE) }
    }
}

/// Prints what is wrong.
pub fn end(broken: &[String]) -> ExitCode {
    for sentence in broken {
        eprintln!("error: {sentence}");
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
