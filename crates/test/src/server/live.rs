//! Servers that listen on a socket.

use std::{io, thread, time::Duration};

use bytes::Bytes;
use futures_channel::oneshot;
use http::{HeaderValue, Uri, header};
use ureq::Agent;

use super::{NoResponse, Server};

/// A server that listens on a socket, asked over HTTP/1.1 by `ureq`.
///
/// `https:` URLs need one of the TLS features of `ureq`: add it to your dependencies, as `ureq = { version = "3", features =
/// ["rustls"] }`.
///
/// One request takes at most 30 seconds, and a thread of its own. So the server may run on the runtime of the test, even if that
/// has a single thread, as by default with `#[tokio::test]`.
#[derive(Clone, Debug)]
pub struct Live {
    agent: Agent,
    address: Option<Uri>,
}

impl Default for Live {
    fn default() -> Self {
        Live::new()
    }
}

impl Live {
    /// Each request goes to the server that its URL names.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .accept("")
            .accept_encoding("")
            .user_agent("")
            .timeout_global(Some(Duration::from_secs(30)));
        Live { agent: config.build().into(), address: None }
    }

    /// Each request goes to the server at this address, such as `http://127.0.0.1:3000`. The page asks for
    /// `https://api.example/items`, and the request goes to the address, with `Host: api.example`. Fails if the address has no
    /// scheme and host.
    pub fn at(address: &str) -> Result<Self, NoResponse> {
        let uri: Uri = address.parse().map_err(|error| format!("the address `{address}`: {error}"))?;
        if uri.scheme().is_none() || uri.authority().is_none() {
            return Err(format!("the address `{address}` has no scheme and host: write `http://127.0.0.1:3000`").into());
        }
        Ok(Live { address: Some(uri), ..Live::new() })
    }
}

impl Server for Live {
    async fn send(&self, mut request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        if let Some(address) = &self.address {
            let mut parts = address.clone().into_parts();
            parts.path_and_query = request.uri().path_and_query().cloned();
            *request.uri_mut() = Uri::from_parts(parts)?;
        }
        // One connection for each request, so none is left open when the test ends.
        request.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        let has_body = request.headers_mut().remove(header::CONTENT_LENGTH).is_some();
        let (agent, (answer, answered)) = (self.agent.clone(), oneshot::channel());
        // If nobody waits any more, the thread ends at the time-out.
        let asking = thread::Builder::new().name("fetch-cors-test".into());
        asking.spawn(move || answer.send(ask(&agent, request, has_body)))?;
        answered.await?
    }
}

fn ask(agent: &Agent, request: http::Request<Bytes>, has_body: bool) -> Result<http::Response<()>, NoResponse> {
    let (parts, body) = request.into_parts();
    let uri = parts.uri.clone();
    let asked = if has_body {
        let request = http::Request::from_parts(parts, body.to_vec());
        agent.run(agent.configure_request(request).allow_non_standard_methods(true).build())
    } else {
        agent.run(http::Request::from_parts(parts, ()))
    };
    match asked {
        Ok(response) => Ok(response.map(drop)),
        Err(ureq::Error::Io(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Err(format!("nothing listens at {uri}: start the server before the test, and use its port").into())
        }
        Err(error) => Err(format!("{uri}: {error}").into()),
    }
}
