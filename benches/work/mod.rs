//! The work that both benchmarks measure.

pub mod browser;
mod limit;
pub mod lint;
pub mod look_up;
mod origins;
mod requests;
pub mod server;

/// A piece of work that can be repeated.
pub struct Work {
    pub name: String,
    /// How many calls are measured.
    pub times: u32,
    /// Whether it needs a policy of 100,000 patterns. Building that takes long, and hours if patterns collide.
    pub is_large: bool,
    prepare: Box<dyn Fn() -> Repeat>,
}

pub type Repeat = Box<dyn FnMut()>;

/// How many patterns a large policy has.
const LARGE: usize = 100_000;

impl Work {
    fn new(name: impl Into<String>, prepare: impl Fn() -> Repeat + 'static) -> Self {
        Work { name: name.into(), times: 32, is_large: false, prepare: Box::new(prepare) }
    }

    fn times(self, times: u32) -> Self {
        Work { times, ..self }
    }

    /// Sets the number of patterns in the policy.
    fn of_patterns(self, count: usize) -> Self {
        Work { is_large: count >= LARGE, ..self }
    }

    /// Builds the input of the work, and returns the work.
    pub fn prepare(&self) -> Repeat {
        (self.prepare)()
    }
}

pub fn all() -> Vec<Work> {
    let mut all = look_up::all();
    all.extend(lint::all());
    all.extend(server::all());
    all.extend(origins::all());
    all.extend(browser::all());
    all
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
