//! Inputs of an adversary, each in two sizes. They show how fast the cost grows with the size.

mod browser;
mod cache;
mod lists;
mod server;

use std::fmt::{self, Write};

use fetch_cors::header::Headers;

/// A piece of work on an adversary's input.
#[derive(Clone, Copy)]
pub struct Hostile {
    pub name: &'static str,
    /// The smaller and the larger size: a number of bytes, tokens or lines.
    pub sizes: [usize; 2],
    pub growth: Growth,
    prepare: fn(usize) -> Prepared,
}

/// How fast the cost may grow with the size.
#[derive(Clone, Copy)]
pub enum Growth {
    /// Not at all: only a limited part of the input is read.
    None,
    Linear,
    /// Like n log n, because names are sorted.
    Sorted,
}

pub struct Prepared {
    /// The length of the input, in bytes.
    pub bytes: usize,
    pub work: Box<dyn FnMut()>,
}

const BYTES: [usize; 2] = [16 * 1024, 64 * 1024];
const LONG: [usize; 2] = [256 * 1024, 1024 * 1024];
const MANY: [usize; 2] = [2_500, 10_000];

impl Hostile {
    const fn new(name: &'static str, sizes: [usize; 2], growth: Growth, prepare: fn(usize) -> Prepared) -> Self {
        Hostile { name, sizes, growth, prepare }
    }

    pub fn prepare(&self, size: usize) -> Prepared {
        (self.prepare)(size)
    }

    pub fn name_of(&self, size: usize) -> String {
        format!("hostile: {}, {size}", self.name)
    }

    /// The greatest allowed ratio of the larger size's cost to the smaller's.
    #[allow(clippy::cast_precision_loss, reason = "no size is near 2 to the 52")]
    pub fn limit(&self) -> f64 {
        let [less, more] = self.sizes.map(|size| size as f64);
        match self.growth {
            Growth::None => 1.1,
            Growth::Linear => 1.1 * more / less,
            Growth::Sorted => 1.25 * more * more.log2() / (less * less.log2()),
        }
    }
}

pub fn all() -> impl Iterator<Item = &'static Hostile> {
    [lists::ALL, browser::ALL, server::ALL, cache::ALL].into_iter().flatten()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_str(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

type Line = (&'static str, &'static [u8]);

/// The header list, and its length in bytes.
fn list(lines: Vec<Line>) -> (Headers<'static>, usize) {
    let bytes = lines.iter().map(|(name, value)| name.len() + value.len()).sum();
    (Headers::from_pairs(leak(lines)), bytes)
}

fn repeat(piece: &str, bytes: usize) -> &'static str {
    leak_str(piece.repeat(bytes.div_ceil(piece.len())))
}

/// Distinct names, in no order.
fn names(count: usize) -> Vec<&'static str> {
    // 389 and the counts have no common divisor.
    (0..count).map(|number| leak_str(format!("x-header-{:05}", number * 389 % count))).collect()
}

/// The names as one list.
fn joined(names: &[&str]) -> &'static str {
    leak_str(names.join(", "))
}

/// Counts the bytes that are written, and keeps none.
#[derive(Default)]
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn written(value: impl fmt::Display) -> usize {
    let mut count = Count::default();
    write!(count, "{value}").expect("counting never fails");
    count.0
}
