//! Writes a result: for people, for programs, for CI systems.

mod github;
mod json;
mod junit;
mod lines;
mod sarif;
mod text;

use super::{args::Format, result::Run};

/// The result in this format.
pub fn write(run: &Run, format: Format) -> Result<String, String> {
    match format {
        Format::Text => Ok(text::write(run)),
        Format::Json => json::write(run),
        Format::Junit => junit::write(run),
        Format::Sarif => sarif::write(run),
        Format::Github => Ok(github::write(run)),
    }
}
