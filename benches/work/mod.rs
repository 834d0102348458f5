//! The work that both benchmarks measure.

use std::{fmt::Write as _, hint::black_box};

use fetch_cors::{
    browser::{Profile, cors_unsafe_request_header_names},
    header::Headers,
};

mod limit;
pub mod look_up;
mod requests;
pub mod server;

/// A piece of work that can be done again and again.
pub struct Work {
    pub name: String,
    prepare: Box<dyn Fn() -> Repeat>,
}

pub type Repeat = Box<dyn FnMut()>;

impl Work {
    fn new(name: impl Into<String>, prepare: impl Fn() -> Repeat + 'static) -> Self {
        Work { name: name.into(), prepare: Box::new(prepare) }
    }

    /// Makes what the work needs, and gives the work itself.
    pub fn prepare(&self) -> Repeat {
        (self.prepare)()
    }
}

/// How many headers a request has in [`all`].
pub const HEADERS: [usize; 3] = [10, 100, 1000];

pub fn all() -> Vec<Work> {
    let mut all = look_up::all();
    all.extend(server::all());
    for count in HEADERS {
        all.push(Work::new(format!("unsafe names: of {count} headers"), move || unsafe_names(count)));
    }
    all
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Classifies the headers of a request, none of them safelisted nor in order, and writes their names sorted.
fn unsafe_names(count: usize) -> Repeat {
    // 389 has no divisor in common with the counts, so each name stands once.
    let names = (0..count).map(|number| format!("X-Header-{:04}", number * 389 % count)).collect::<Vec<_>>();
    let names: &'static [String] = leak(names);
    let lines: &'static [(&str, &[u8])] = leak(names.iter().map(|name| (name.as_str(), &b"1"[..])).collect::<Vec<_>>());
    let mut list = String::with_capacity(16 * count);
    Box::new(move || {
        list.clear();
        let headers = Headers::from_pairs(black_box(lines));
        let written = write!(list, "{}", cors_unsafe_request_header_names(headers.into(), &Profile::FETCH));
        black_box((written.is_ok(), &list));
    })
}
