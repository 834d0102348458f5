//! The calls that the filter makes to a proxy.

use alloc::vec::Vec;

use crate::header_map::{HeaderMap, Line};

/// The calls of the [proxy-wasm ABI](https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.1) that the filter
/// makes. Calls about headers apply to the request or the response whose callback is running.
pub trait Proxy {
    /// Writes a line to the proxy's log.
    fn log(&self, level: Level, message: &str);

    /// The configuration of this filter.
    fn configuration(&self) -> Result<Vec<u8>, HostError>;

    /// All lines of a head.
    fn header_map(&self, map: Map) -> Result<HeaderMap, HostError>;

    /// Adds a line to the response. Lines of the same name stay.
    fn add_response_header(&self, name: &str, value: &[u8]) -> Result<(), HostError>;

    /// Removes all lines of this name from the response.
    fn remove_response_header(&self, name: &str) -> Result<(), HostError>;

    /// Answers the request with a status and headers, without a body. `details` goes into the proxy's access log.
    fn respond(&self, status: u16, details: &str, lines: &[Line<'_>]) -> Result<(), HostError>;

    /// The counter of this name. A second call returns the same counter.
    fn define_counter(&self, name: &str) -> Result<u32, HostError>;

    /// Adds one to a counter.
    fn increment(&self, counter: u32) -> Result<(), HostError>;
}

/// The level of a line of the log. The numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It works, but is risky or useless.
    Warn = 3,
    /// It does not work.
    Error = 4,
    /// The module cannot go on.
    Critical = 5,
}

/// Which head. The numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Map {
    /// That of the request.
    Request = 0,
    /// That of the response.
    Response = 2,
}

/// The status of a call that failed, as the ABI numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostError(pub u32);
