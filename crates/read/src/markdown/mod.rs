//! The Markdown around headers, as people write it in issues.
//!
//! ```text
//! text ─▶ fences  the parts that are read
//! line ─▶ item    "- **Vary**: `Origin`"  ─▶ `Vary: Origin`
//!      ─▶ table   "| Vary | Origin |"     ─▶ names and values
//! ```

pub(crate) mod fences;
mod item;
pub(crate) mod table;

pub(crate) use item::plain;
