//! A request to the adapter, and its answer.

use core::time::Duration;

use fetch_cors::{browser::Response, header::Headers};
use ureq::{Agent, http};

use crate::cases::Lines;

/// The address of a running adapter.
#[derive(Clone, Debug)]
pub struct Adapter {
    agent: Agent,
    authority: String,
}

/// A response of the adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// All lines, in order, with names in lower case.
    pub lines: Vec<(String, Vec<u8>)>,
}

impl Adapter {
    /// The adapter at `http://AUTHORITY`.
    pub fn new(authority: &str) -> Self {
        let config = Agent::config_builder()
            .allow_non_standard_methods(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(30)));
        Adapter { agent: config.build().into(), authority: authority.to_owned() }
    }

    /// Sends a request.
    pub fn send(&self, method: &str, path: &str, headers: &[(String, Vec<u8>)]) -> Result<Answer, String> {
        let mut request = http::Request::builder().method(method).uri(format!("http://{}{path}", self.authority));
        for (name, value) in headers {
            request = request.header(name, value.as_slice());
        }
        // As browsers do for a request without a body. A chunked body, even an empty one, may come in a packet of its
        // own; a server that does not wait for it closes the connection.
        if matches!(method, "PATCH" | "POST" | "PUT") {
            request = request.header("content-length", "0");
        }
        let request = request.body(()).map_err(|error| error.to_string())?;
        let mut response = self.agent.run(request).map_err(|error| format!("no answer: {error}"))?;
        // The body is read to its end, so that the connection can be used again.
        response.body_mut().read_to_vec().map_err(|error| format!("no body: {error}"))?;
        let lines = response.headers().iter();
        Ok(Answer {
            status: response.status().as_u16(),
            lines: lines.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect(),
        })
    }
}

impl Answer {
    /// Whether the response comes from the application.
    pub fn is_of_application(&self) -> bool {
        self.lines.iter().any(|(name, _)| name == "x-application")
    }

    /// The lines of `Access-Control-*`.
    pub fn access_control(&self) -> Lines {
        let mut lines = Lines::new();
        for (name, value) in self.lines.iter().filter(|(name, _)| name.starts_with("access-control-")) {
            lines.entry(name.clone()).or_default().push(String::from_utf8_lossy(value).into_owned());
        }
        lines
    }

    /// The elements of `Vary`, in lower case.
    pub fn vary(&self) -> Vec<String> {
        let lines = self.lines.iter().filter(|(name, _)| name == "vary");
        let elements = lines.flat_map(|(_, value)| value.split(|byte| *byte == b','));
        elements.map(|element| String::from_utf8_lossy(element).trim().to_ascii_lowercase()).collect()
    }

    /// Calls `use_it` with this response, in the form that the browser half reads.
    pub fn with_response<T>(&self, use_it: impl FnOnce(&Response<'_>) -> T) -> Result<T, String> {
        let pairs: Vec<(&str, &[u8])> = self.lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect();
        let response = Response::new(self.status, Headers::from_pairs(&pairs));
        Ok(use_it(&response.map_err(|error| format!("not a response: {error:?}"))?))
    }
}
