//! Heads as responses, as they are and mended.

use fetch_cors::{
    browser::{Change, Explanation, Response, Status},
    header::Headers,
};

use super::heads::Head;

/// An answer as its mend would have it.
#[derive(Debug)]
pub struct Mended {
    pub status: u16,
    pub lines: Vec<(String, Vec<u8>)>,
}

impl Mended {
    pub fn of(head: &Head, explanation: &Explanation<'_>) -> Self {
        let mut mended = Mended { status: head.status, lines: head.lines.clone() };
        for change in explanation.mend() {
            mended.status = change.status().map_or(mended.status, Status::as_u16);
            if let Some(name) = change.header_name() {
                mended.lines.retain(|(own, _)| !own.eq_ignore_ascii_case(name.as_str()));
            }
            if let Change::Set(name, value) = change {
                mended.lines.push((name.to_string(), value.to_string().into_bytes()));
            }
        }
        mended
    }
}

/// The verdict of `use_it` on a response.
pub fn with_response<T>(
    status: u16,
    lines: &[(String, Vec<u8>)],
    use_it: impl FnOnce(&Response<'_>) -> Option<T>,
) -> Option<T> {
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    // A status has three digits.
    use_it(&Response::new(status, Headers::from_pairs(&pairs)).ok()?)
}
