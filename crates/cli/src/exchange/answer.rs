//! Heads as responses, as they are and fixed.

use fetch_cors::{
    browser::{Explanation, Response, explain::Change, response::Status},
    header::Headers,
};

use super::head::Head;

/// An answer, with the changes that fix it applied.
#[derive(Debug)]
pub struct Fixed {
    pub status: u16,
    pub lines: Vec<(String, Vec<u8>)>,
}

impl Fixed {
    pub fn of(head: &Head, explanation: &Explanation<'_>) -> Self {
        let mut fixed = Fixed { status: head.status, lines: head.lines.clone() };
        for change in explanation.fix() {
            fixed.status = change.status().map_or(fixed.status, Status::as_u16);
            if let Some(name) = change.header_name() {
                fixed.lines.retain(|(own, _)| !own.eq_ignore_ascii_case(name.as_str()));
            }
            if let Change::Set(name, value) = change {
                fixed.lines.push((name.to_string(), value.to_string().into_bytes()));
            }
        }
        fixed
    }
}

/// Calls `use_it` with a response.
pub fn with_response<T>(
    status: u16,
    lines: &[(String, Vec<u8>)],
    use_it: impl FnOnce(&Response<'_>) -> Option<T>,
) -> Option<T> {
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    // Only a status of three digits makes a response.
    use_it(&Response::new(status, Headers::from_pairs(&pairs)).ok()?)
}
