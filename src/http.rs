//! The `http` crate's header map as a header list.

use http::{HeaderMap, header};

use crate::header::Headers;

impl<'a> From<&'a HeaderMap> for Headers<'a> {
    fn from(map: &'a HeaderMap) -> Self {
        Headers::from_map(map)
    }
}

/// The lines of a header map, in its order.
pub(crate) struct Lines<'a> {
    map: &'a HeaderMap,
    rest: header::Iter<'a, header::HeaderValue>,
    taken: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(map: &'a HeaderMap) -> Self {
        Lines { map, rest: map.iter(), taken: 0 }
    }
}

/// `http`'s own iterator cannot be cloned, so a clone walks to the same place again.
impl Clone for Lines<'_> {
    fn clone(&self) -> Self {
        let mut clone = Lines::new(self.map);
        clone.by_ref().take(self.taken).for_each(drop);
        clone
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = self.rest.next()?;
        self.taken += 1;
        Some((name.as_str(), value.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::HeaderName;

    #[test]
    fn a_header_map_is_a_header_list() {
        let mut map = HeaderMap::new();
        map.append("vary", header::HeaderValue::from_static("origin"));
        map.append("x-a", header::HeaderValue::from_static("1"));
        map.append("vary", header::HeaderValue::from_static("accept"));
        let headers = Headers::from(&map);
        assert!(headers.get(HeaderName::VARY).is_some_and(|value| value == *b"origin, accept"));
        let mut lines = headers.iter();
        let _ = lines.next();
        assert!(lines.clone().eq(lines));
    }
}
