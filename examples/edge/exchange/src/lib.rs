//! Heads as text, in memory that JavaScript and a WebAssembly module share.
#![no_std]

#[cfg(feature = "server")]
mod answer;
mod head;
mod memory;

#[cfg(feature = "server")]
pub use answer::answer;
pub use head::{Line, Output, next_line, read_lines};
pub use memory::answer_with;
