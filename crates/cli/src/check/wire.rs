//! The network: HTTP/1.1, over TCP or TLS, one connection for each request.

use core::{fmt, net::SocketAddr, time::Duration};
use std::{fs, sync::Arc, time::Instant};

use ureq::{
    Agent,
    config::Config,
    http::{self, HeaderName, HeaderValue, Uri},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::transport::{Answer, Ask, Credentials, Line, NoAnswer, Transport};

/// The network as the command line sets it up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a connection may take, without looking its name up.
    pub connect_timeout: Duration,
    /// How long a whole exchange may take, up to the end of the response's head.
    pub timeout: Duration,
    /// Which certificates are accepted.
    pub certificates: Certificates,
    /// Addresses that replace those that names resolve to.
    pub resolve: Vec<Resolve>,
    /// Headers that the tool sends and no page does.
    pub server_headers: Vec<Line>,
}

/// Which certificates of servers are accepted.
#[derive(Clone, Debug, Default)]
pub enum Certificates {
    /// Those signed by Mozilla's list.
    #[default]
    Public,
    /// Those signed by a certificate of this PEM file.
    SignedBy(String),
    /// All.
    Any,
}

/// The address of a host and a port, as in `curl --resolve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    pub host: String,
    pub port: u16,
    pub address: core::net::IpAddr,
}

impl Settings {
    pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            connect_timeout: Self::DEFAULT_CONNECT_TIMEOUT,
            timeout: Self::DEFAULT_TIMEOUT,
            certificates: Certificates::Public,
            resolve: Vec::new(),
            server_headers: Vec::new(),
        }
    }
}

impl Resolve {
    /// Reads `HOST:PORT:ADDRESS`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not `HOST:PORT:ADDRESS`, as `api.example:443:127.0.0.1`");
        let (host, rest) = match text.strip_prefix('[').and_then(|rest| rest.split_once("]:")) {
            Some((host, rest)) => (format!("[{host}]"), rest),
            None => text.split_once(':').map(|(host, rest)| (host.to_owned(), rest)).ok_or_else(fault)?,
        };
        let (port, address) = rest.split_once(':').ok_or_else(fault)?;
        let address = address.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(address);
        match (port.parse(), address.parse()) {
            (Ok(port), Ok(address)) if !host.is_empty() => Ok(Resolve { host, port, address }),
            _ => Err(fault()),
        }
    }
}

/// Sends requests over the network.
pub struct Wire {
    agent: Agent,
    started: Instant,
    server_headers: Vec<(HeaderName, HeaderValue)>,
    /// The origins that get the tool's own headers: those of the checked URLs.
    homes: Vec<String>,
}

impl Wire {
    /// A transport for checks of these URLs.
    pub fn new(settings: &Settings, urls: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut tls = TlsConfig::builder();
        match &settings.certificates {
            Certificates::Public => {}
            Certificates::SignedBy(file) => tls = tls.root_certs(roots(file)?),
            Certificates::Any => tls = tls.disable_verification(true),
        }
        let config = Config::builder()
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .http_status_as_error(false)
            // Each request has a new connection, so that no state of an earlier one can affect it.
            .max_idle_connections(0)
            .accept("")
            .accept_encoding("")
            .user_agent(USER_AGENT)
            .timeout_connect(Some(settings.connect_timeout))
            .timeout_global(Some(settings.timeout))
            .tls_config(tls.build())
            .build();
        let resolver = Names { fixed: settings.resolve.clone(), other: DefaultResolver::default() };
        let header = |(name, value): &Line| {
            let name = HeaderName::try_from(name.as_str()).map_err(|error| format!("`{name}`: {error}"))?;
            let value = HeaderValue::from_bytes(value).map_err(|error| format!("the value of `{name}`: {error}"))?;
            Ok((name, value))
        };
        Ok(Wire {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            started: Instant::now(),
            server_headers: settings.server_headers.iter().map(header).collect::<Result<_, String>>()?,
            homes: urls.into_iter().filter_map(|url| origin(&url)).collect(),
        })
    }

    /// Adds the tool's own headers to requests to the checked servers. `Cookie` and `Authorization` are added only where a
    /// browser would send them.
    fn add_own(&self, ask: &Ask, headers: &mut http::HeaderMap) {
        if origin(&ask.url).is_none_or(|origin| !self.homes.contains(&origin)) {
            return;
        }
        for (name, value) in &self.server_headers {
            if !is_credential(name) || ask.credentials == Credentials::Included {
                headers.insert(name.clone(), value.clone());
            }
        }
    }

    fn request(&self, ask: &Ask) -> Result<http::Request<String>, String> {
        let text = |error: http::Error| error.to_string();
        let mut request = http::Request::builder().method(ask.method.as_str()).uri(&ask.url);
        for (name, value) in &ask.headers {
            request = request.header(name.as_str(), value.as_slice());
        }
        let mut request = request.body(ask.body.clone().unwrap_or_default()).map_err(text)?;
        self.add_own(ask, request.headers_mut());
        if ask.body.is_some() {
            // `ureq` sends a body with `DELETE` only if forced, and only a builder can set that mark.
            let forced = self.agent.get(&ask.url).force_send_body();
            if let Some(extensions) = forced.extensions_ref() {
                request.extensions_mut().extend(extensions.clone());
            }
        }
        Ok(request)
    }
}

/// The tool's `User-Agent`. A server that rejects clients other than browsers can allow this one; `--server-header` replaces it.
const USER_AGENT: &str = concat!("Mozilla/5.0 (compatible; cors/", env!("CARGO_PKG_VERSION"), ")");

impl Transport for Wire {
    fn send(&mut self, ask: &Ask) -> Result<Answer, NoAnswer> {
        let no_answer = |reason: String| NoAnswer { reason: format!("{ask}: {reason}") };
        let request = self.request(ask).map_err(no_answer)?;
        let sent = if ask.body.is_some() { self.agent.run(request) } else { self.agent.run(request.map(|_| ())) };
        let response = sent.map_err(|error| no_answer(error.to_string()))?;
        let headers = response.headers().iter();
        Ok(Answer {
            status: response.status().as_u16(),
            headers: headers.map(|(name, value)| (name.as_str().into(), value.as_bytes().into())).collect(),
        })
    }

    fn has_credentials(&self) -> bool {
        self.server_headers.iter().any(|(name, _)| is_credential(name))
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Whether a browser sends this header by itself, as credentials.
fn is_credential(name: &HeaderName) -> bool {
    *name == http::header::COOKIE || *name == http::header::AUTHORIZATION
}

fn origin(url: &str) -> Option<String> {
    url::Url::parse(url).ok().map(|url| url.origin().ascii_serialization())
}

fn roots(file: &str) -> Result<RootCerts, String> {
    let pem = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
            Ok(_) => None,
            Err(error) => Some(Err(format!("{file}: {error}"))),
        })
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err(format!("{file}: there is no certificate in this file; it should be PEM"));
    }
    Ok(RootCerts::Specific(Arc::new(certificates)))
}

/// Looks names up, first in those of `--resolve`.
struct Names {
    fixed: Vec<Resolve>,
    other: DefaultResolver,
}

impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Names").field(&self.fixed).finish()
    }
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let is_it = |fixed: &&Resolve| {
            fixed.port == port && uri.host().is_some_and(|host| host.eq_ignore_ascii_case(&fixed.host))
        };
        match self.fixed.iter().find(is_it) {
            Some(fixed) => {
                let mut addresses = self.empty();
                addresses.push(SocketAddr::new(fixed.address, port));
                Ok(addresses)
            }
            None => self.other.resolve(uri, config, timeout),
        }
    }
}
