//! A fake proxy, which records the calls of the filter.

use std::cell::{Cell, RefCell};

use crate::{Filters, HeaderMap, HostError, Level, Line, Map, Proxy};

pub(super) type Lines = Vec<(String, Vec<u8>)>;

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) configuration: RefCell<Vec<u8>>,
    pub(super) request: RefCell<Lines>,
    pub(super) response: RefCell<Lines>,
    /// The status, the details and the lines of the filter's answer.
    pub(super) answer: RefCell<Option<(u16, String, Lines)>>,
    pub(super) log: RefCell<Vec<(Level, String)>>,
    pub(super) counters: RefCell<Vec<(String, u64)>>,
    /// The name of the calls that fail from now on.
    pub(super) fails: Cell<&'static str>,
    pub(super) removals: Cell<usize>,
}

impl State {
    fn call(&self, name: &str) -> Result<(), HostError> {
        if self.fails.get() == name { Err(HostError(10)) } else { Ok(()) }
    }

    pub(super) fn count(&self, name: &str) -> u64 {
        self.counters.borrow().iter().find(|(other, _)| other == name).map_or(0, |(_, count)| *count)
    }
}

pub(super) fn owned(lines: &[Line<'_>]) -> Lines {
    lines.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect()
}

pub(super) fn borrowed(lines: &Lines) -> Vec<Line<'_>> {
    lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect()
}

impl Proxy for &State {
    fn log(&self, level: Level, message: &str) {
        self.log.borrow_mut().push((level, message.to_owned()));
    }

    fn configuration(&self) -> Result<Vec<u8>, HostError> {
        self.call("configuration").map(|()| self.configuration.borrow().clone())
    }

    fn header_map(&self, map: Map) -> Result<HeaderMap, HostError> {
        self.call("header_map")?;
        let lines = if map == Map::Request { self.request.borrow() } else { self.response.borrow() };
        Ok(HeaderMap::of(&borrowed(&lines)))
    }

    fn add_response_header(&self, name: &str, value: &[u8]) -> Result<(), HostError> {
        self.call(name)?;
        self.response.borrow_mut().push((name.to_owned(), value.to_vec()));
        Ok(())
    }

    fn remove_response_header(&self, name: &str) -> Result<(), HostError> {
        self.removals.set(self.removals.get() + 1);
        self.response.borrow_mut().retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        Ok(())
    }

    fn respond(&self, status: u16, details: &str, lines: &[Line<'_>]) -> Result<(), HostError> {
        self.call("respond")?;
        *self.answer.borrow_mut() = Some((status, details.to_owned(), owned(lines)));
        Ok(())
    }

    fn define_counter(&self, name: &str) -> Result<u32, HostError> {
        self.call("define_counter")?;
        let mut counters = self.counters.borrow_mut();
        counters.push((name.to_owned(), 0));
        Ok(u32::try_from(counters.len()).unwrap() - 1)
    }

    fn increment(&self, counter: u32) -> Result<(), HostError> {
        self.counters.borrow_mut()[counter as usize].1 += 1;
        Ok(())
    }
}

/// The number of the filter in these tests. Proxies number filters before their requests.
pub(super) const FILTER: u32 = 1;

/// A filter with this policy.
pub(super) fn filters<'a>(state: &'a State, policy: &str) -> Filters<&'a State> {
    let mut filters = Filters::new(state);
    filters.on_context_create(FILTER, 0);
    assert!(configure(&mut filters, state, policy), "{:?}", state.log.borrow());
    filters
}

pub(super) fn configure(filters: &mut Filters<&State>, state: &State, policy: &str) -> bool {
    *state.configuration.borrow_mut() = policy.as_bytes().to_vec();
    filters.on_configure(FILTER)
}
