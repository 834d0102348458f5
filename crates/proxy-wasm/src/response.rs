//! The upstream's response, as a sink for headers.

use alloc::{borrow::Cow, vec::Vec};

use fetch_cors::header::{HeaderName, HeaderSink, ValueRef};

use crate::{
    header_map::Line,
    proxy::{HostError, Proxy},
};

/// The headers of the response whose callback is running, with a copy of them.
// OPTIMIZATION: reading the headers makes the proxy copy all of them, so they are read once and looked up in the copy.
// Only lines that are in the copy are removed, which saves calls. Every change is made to both, so the result is the
// same.
pub(crate) struct Response<'a, P> {
    proxy: &'a P,
    lines: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
}

impl<'a, P: Proxy> Response<'a, P> {
    pub(crate) fn new(proxy: &'a P, lines: impl Iterator<Item = Line<'a>>) -> Self {
        let lines = lines.map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value))).collect();
        Response { proxy, lines }
    }
}

impl<P: Proxy> HeaderSink for Response<'_, P> {
    type Error = HostError;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        self.lines.iter().for_each(|(name, value)| visit(name, value));
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), HostError> {
        for name in names {
            let before = self.lines.len();
            self.lines.retain(|(line, _)| !line.eq_ignore_ascii_case(name.as_str()));
            if self.lines.len() < before {
                self.proxy.remove_response_header(name.as_str())?;
            }
        }
        Ok(())
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), HostError> {
        self.proxy.add_response_header(name.as_str(), value.as_bytes())?;
        self.lines.push((Cow::Borrowed(name.as_str()), Cow::Owned(value.as_bytes().to_vec())));
        Ok(())
    }
}
