//! Response heads.

use fetch_cors::browser::{Profile, profile::switches::BlankBeforeColon};

/// The name and the value of a header.
pub type Line = (String, Vec<u8>);

/// The head of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The place where it was read, for people.
    pub place: String,
    pub status: u16,
    pub lines: Vec<Line>,
    /// The numbers of the lines with a blank before their colon.
    pub blank_before_colon: Vec<usize>,
}

impl Head {
    /// The lines that a browser of this profile accepts.
    pub fn lines_in(&self, profile: &Profile) -> Vec<Line> {
        let dropped = |number: &usize| {
            profile.blank_before_colon == BlankBeforeColon::Dropped && self.blank_before_colon.contains(number)
        };
        self.lines.iter().enumerate().filter(|(number, _)| !dropped(number)).map(|(_, line)| line.clone()).collect()
    }
}
