//! `cors message`: what a line of a browser's console means.

use crate::{BadInput, exit::Exit, explain};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// An id, as `CORSMissingAllowOrigin`, or a whole line of a browser's console.
    text: String,
}

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    anstream::print!("{}", explain::meaning(&arguments.text)?);
    Ok(Exit::Readable)
}
