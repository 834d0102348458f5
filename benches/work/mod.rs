//! The work that both benchmarks measure.

pub(crate) mod browser;
mod limit;
pub(crate) mod look_up;
mod requests;
pub(crate) mod server;

/// A piece of work that can be done again and again.
pub(crate) struct Work {
    pub(crate) name: String,
    prepare: Box<dyn Fn() -> Repeat>,
}

pub(crate) type Repeat = Box<dyn FnMut()>;

impl Work {
    fn new(name: impl Into<String>, prepare: impl Fn() -> Repeat + 'static) -> Self {
        Work { name: name.into(), prepare: Box::new(prepare) }
    }

    /// Makes what the work needs, and gives the work itself.
    pub(crate) fn prepare(&self) -> Repeat {
        (self.prepare)()
    }
}

pub(crate) fn all() -> Vec<Work> {
    let mut all = look_up::all();
    all.extend(server::all());
    all.extend(browser::all());
    all
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
