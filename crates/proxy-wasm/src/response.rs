//! A response as a sink: the upstream's, or an answer of the filter itself.

use alloc::vec::Vec;
use core::convert::Infallible;

use fetch_cors::header::{HeaderName, HeaderSink, ValueRef};

use crate::{
    header_map::Line,
    proxy::{HostError, Proxy},
};

/// The headers of a response, and the changes to them.
// OPTIMIZATION: reading the headers makes the proxy copy all of them, so they are read once, and the proxy makes the
// changes at the end. The filter's own answer is an empty response with added lines. So the code that writes headers is
// compiled once, for a sink that cannot fail, which saves 4 KB.
#[derive(Debug, Default)]
pub(crate) struct Response<'a> {
    upstream: Vec<Line<'a>>,
    /// The names of the upstream's lines that are removed.
    removed: Vec<&'static str>,
    added: Vec<(&'static str, Vec<u8>)>,
}

impl<'a> Response<'a> {
    /// The upstream's response, with these lines.
    pub(crate) fn of_upstream(lines: Vec<Line<'a>>) -> Self {
        Response { upstream: lines, ..Response::default() }
    }

    /// The lines that are added.
    pub(crate) fn added(&self) -> Vec<Line<'_>> {
        self.added.iter().map(|(name, value)| (*name, &value[..])).collect()
    }

    /// Makes the changes to the response whose callback is running.
    pub(crate) fn apply(&self, proxy: &impl Proxy) -> Result<(), HostError> {
        for name in &self.removed {
            proxy.remove_response_header(name)?;
        }
        for (name, value) in &self.added {
            proxy.add_response_header(name, value)?;
        }
        Ok(())
    }
}

impl HeaderSink for Response<'_> {
    type Error = Infallible;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        for (name, value) in &self.upstream {
            visit(name, value);
        }
        for (name, value) in &self.added {
            visit(name, value);
        }
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Infallible> {
        for name in names {
            let name = name.as_str();
            let before = self.upstream.len();
            self.upstream.retain(|(line, _)| !line.eq_ignore_ascii_case(name));
            if self.upstream.len() < before {
                self.removed.push(name);
            }
            self.added.retain(|(line, _)| *line != name);
        }
        Ok(())
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), Infallible> {
        self.added.push((name.as_str(), value.as_bytes().to_vec()));
        Ok(())
    }
}
