//! The command line of `cors check`.

use core::time::Duration;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fetch_cors::browser::request::CredentialsMode;

use super::{
    finding::Code,
    plan::Expectation,
    transport::Line,
    wire::{Certificates, Resolve, Settings},
};

/// Sends the requests that browsers would send to a live server, and reports what they make of its answers
///
/// The request is sent as the page would send it, after its preflight: a `DELETE` deletes. A check sends no request twice.
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub struct Arguments {
    /// The URL that the page fetches
    #[arg(required_unless_present = "matrix")]
    pub url: Option<String>,
    /// The origin of a page, as `https://app.example`; may be repeated
    #[arg(long, value_name = "ORIGIN", required_unless_present = "matrix")]
    pub from: Vec<String>,
    /// The method, as the page writes it
    #[arg(short = 'X', long = "request", value_name = "METHOD", default_value = "GET")]
    pub method: String,
    /// A header that the page sets; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub headers: Vec<Line>,
    /// The credentials mode: omit, same-origin or include
    #[arg(long, value_name = "MODE", default_value = "same-origin", value_parser = credentials)]
    pub credentials: CredentialsMode,
    /// A string as the body
    #[arg(long, value_name = "TEXT")]
    pub body: Option<String>,
    /// What all browsers should make of it: readable or refused
    #[arg(long, value_name = "VERDICT", default_value = "readable", value_parser = expectation)]
    pub expect: Expectation,
    /// A TOML file with checks, instead of a URL and its options; docs/check.md describes it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "from", "method", "headers", "credentials", "body", "expect"])]
    pub matrix: Option<PathBuf>,
    /// Also ask as pages that should not be allowed, and report what they may do. This sends only `GET` and `OPTIONS`
    #[arg(long)]
    pub probe: bool,
    /// A pattern of origins that may be allowed, as `https://*.app.example`; may be repeated
    #[arg(long, value_name = "PATTERN", requires = "probe")]
    pub allow: Vec<String>,
    /// The code of a finding that is not reported; may be repeated
    #[arg(long, value_name = "CODE", requires = "probe", value_parser = code)]
    pub ignore: Vec<Code>,
    /// The format of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// A header that this program sends and the page does not; may be repeated. It goes to the origin of the URL alone,
    /// and `Cookie` and `Authorization` only where a browser sends credentials
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub server_header: Vec<Line>,
    /// The address of a host and a port; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDRESS", value_parser = Resolve::parse)]
    pub resolve: Vec<Resolve>,
    /// Take any certificate
    #[arg(long, conflicts_with = "cacert")]
    pub insecure: bool,
    /// A PEM file with the certificates that sign those of servers, instead of Mozilla's list
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<String>,
    /// How long a connection may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub connect_timeout: Duration,
    /// How long one request may take until its response has begun, in seconds. Nothing is sent again
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub max_time: Duration,
}

const EXITS: &str = "Exit status: 0 if all is as expected and there is no finding; 1 if an expectation failed, or \
                     there is a finding; 2 if the command line or the file is wrong; 3 if a server does not answer, \
                     and nothing else failed.";

/// The format of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One object, as docs/check.md describes it.
    Json,
    /// JUnit's XML, for the test reports of CI systems.
    Junit,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
}

impl Arguments {
    pub fn settings(&self) -> Settings {
        Settings {
            connect_timeout: self.connect_timeout,
            timeout: self.max_time,
            certificates: match &self.cacert {
                _ if self.insecure => Certificates::Any,
                Some(file) => Certificates::SignedBy(file.clone()),
                None => Certificates::Public,
            },
            resolve: self.resolve.clone(),
            server_headers: self.server_header.clone(),
        }
    }
}

/// Reads `NAME: VALUE`; each character of the value is a byte.
pub fn header(line: &str) -> Result<Line, String> {
    let (name, value) = line.split_once(':').ok_or("there is no colon; it is `NAME: VALUE`")?;
    let value = value.trim_matches([' ', '\t']);
    let bytes = value.chars().map(|character| u8::try_from(u32::from(character)));
    let bytes = bytes.collect::<Result<Vec<u8>, _>>();
    Ok((name.trim().into(), bytes.map_err(|_| "the value has a character above U+00FF, which is not a byte")?))
}

fn credentials(word: &str) -> Result<CredentialsMode, &'static str> {
    CredentialsMode::from_word(word).ok_or("it is omit, same-origin or include")
}

fn expectation(word: &str) -> Result<Expectation, &'static str> {
    Expectation::from_word(word).ok_or("it is readable or refused")
}

fn code(word: &str) -> Result<Code, &'static str> {
    Code::from_word(word).ok_or("there is no finding of this code; docs/check.md lists them")
}

fn seconds(value: &str) -> Result<Duration, &'static str> {
    let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|seconds| !seconds.is_zero()).ok_or("expected a number of seconds above 0")
}
