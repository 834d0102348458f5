//! The work that both benchmarks measure.

pub mod browser;
mod limit;
pub mod lint;
pub mod look_up;
mod requests;
pub mod server;

/// A piece of work that can be done again and again.
pub struct Work {
    pub name: String,
    /// How often it is measured.
    pub times: u32,
    prepare: Box<dyn Fn() -> Repeat>,
}

pub type Repeat = Box<dyn FnMut()>;

impl Work {
    fn new(name: impl Into<String>, prepare: impl Fn() -> Repeat + 'static) -> Self {
        Work { name: name.into(), times: 32, prepare: Box::new(prepare) }
    }

    fn times(self, times: u32) -> Self {
        Work { times, ..self }
    }

    /// Makes what the work needs, and gives the work itself.
    pub fn prepare(&self) -> Repeat {
        (self.prepare)()
    }
}

pub fn all() -> Vec<Work> {
    let mut all = look_up::all();
    all.extend(lint::all());
    all.extend(server::all());
    all.extend(browser::all());
    all
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
