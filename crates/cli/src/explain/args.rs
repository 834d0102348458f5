//! The command line of `cors explain`.

use core::time::Duration;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use fetch_cors::browser::{
    cross_origin_resource_policy::EmbedderPolicy,
    request::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
};

use crate::{exchange::Kind, output::Format, rules::Rules};

/// What `cors explain --help` says after the options.
const AFTER_HELP: &str = "\
What is read, from files or from standard input: response heads as `curl -i`, `curl -v` and `wget -S` print them, header lines of \
a browser's developer tools, `Copy as cURL`, `Copy as fetch`, `Copy as PowerShell`, a call of `fetch()`, axios, jQuery, Angular or XMLHttpRequest, lines of a console, \
a response as PowerShell prints it, headers as Python, Node, Go or Rust print them. \
The report says what each was taken for. An option is believed rather than what is read.

Response heads come in the order of the requests that are sent: first the answer to the preflight, if there is one, then that to \
the request, then those after redirects. Where a head is missing, the report stops, and says how to ask for it with curl.

Exit status: 0 if the page can read the response; 1 if it cannot, by the rules of --profile, because the browser refuses it or \
makes it opaque; 2 if the command line or what is read is wrong; 3 if a head is missing.";

#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_long_help = AFTER_HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Arguments {
    /// The URL that the page requests, if the input does not have it; and files to read, where `-` is standard input
    #[arg(value_name = "URL|FILE")]
    pub given: Vec<String>,

    /// The origin of the page, as `https://app.example` or `null`
    #[arg(long, help_heading = "The page's call")]
    pub origin: Option<String>,
    /// The function or element that makes the request; `fetch` by default
    #[arg(long = "as", value_enum, value_name = "KIND", help_heading = "The page's call")]
    pub kind: Option<Kind>,
    /// The method, as the page writes it; `GET` by default
    #[arg(short = 'X', long = "request", value_name = "METHOD", help_heading = "The page's call")]
    pub method: Option<String>,
    /// A header that the page sets; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = header, help_heading = "The page's call")]
    pub headers: Vec<(String, Vec<u8>)>,
    /// A string as the body; for a body of another type, set its Content-Type with -H
    #[arg(long, value_name = "TEXT", conflicts_with = "stream", help_heading = "The page's call")]
    pub body: Option<String>,
    /// A stream as the body
    #[arg(long, help_heading = "The page's call")]
    pub stream: bool,
    /// Make the request with an XMLHttpRequest that has a listener on its upload
    #[arg(long, conflicts_with = "kind", help_heading = "The page's call")]
    pub upload_listener: bool,
    /// The credentials mode; for a call `same-origin` by default
    #[arg(long, value_name = "MODE", value_parser = words(&["omit", "same-origin", "include"], CredentialsMode::from_word), help_heading = "The page's call")]
    pub credentials: Option<CredentialsMode>,
    /// The mode; for an element, `cors` means that it has the attribute `crossorigin`
    #[arg(long, value_parser = words(&["cors", "no-cors", "same-origin"], RequestMode::from_word), help_heading = "The page's call")]
    pub mode: Option<RequestMode>,
    /// The redirect mode; `follow` by default
    #[arg(long, value_name = "MODE", value_parser = words(&["follow", "error", "manual"], RedirectMode::from_word), help_heading = "The page's call")]
    pub redirect: Option<RedirectMode>,
    /// The cache mode; `default` by default
    #[arg(long, value_name = "MODE", value_parser = words(&["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"], CacheMode::from_word), help_heading = "The page's call")]
    pub cache: Option<CacheMode>,
    /// The referrer policy; by default the page's own
    #[arg(long, value_name = "POLICY", value_parser = referrer_policies(), help_heading = "The page's call")]
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The request may outlive its page
    #[arg(long, help_heading = "The page's call")]
    pub keepalive: bool,

    /// The page's `Cross-Origin-Embedder-Policy`
    #[arg(long, value_name = "POLICY", default_value = "unsafe-none", value_parser = words(&["unsafe-none", "require-corp", "credentialless"], embedder_policy), help_heading = "Where it happens")]
    pub embedder_policy: EmbedderPolicy,
    /// The version of HTTP that the servers speak: a stream needs 2
    #[arg(long, value_name = "VERSION", default_value = "2", value_parser = ["1.1", "2"], help_heading = "Where it happens")]
    pub http: String,
    /// Repeat the fetch, so much later, to see whether the cache saves the preflight. Further heads answer it; may be repeated
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, help_heading = "Where it happens")]
    pub again: Vec<Duration>,

    /// The browser whose rules decide
    #[arg(long, value_enum, value_name = "BROWSER", default_value_t, help_heading = "The report")]
    pub profile: Rules,
    /// Also show all that this browser does differently from the profile, and the departures from the standard that cause it
    #[arg(long, value_enum, value_name = "BROWSER", help_heading = "The report")]
    pub against: Option<Rules>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t, help_heading = "The report")]
    pub format: Format,
    /// Also write the report into this file, as a page that draws the exchange
    #[arg(long, value_name = "FILE", help_heading = "The report")]
    pub html: Option<PathBuf>,
    /// Explain a built-in exchange that fails, and exit with 0
    #[arg(long, help_heading = "The report", conflicts_with_all = ["given", "origin", "kind", "method", "headers", "body", "stream", "upload_listener", "credentials", "mode", "redirect", "cache", "referrer_policy", "keepalive", "again"])]
    pub example: bool,
}

/// A parser that knows its words, for the help and for completions.
fn words<T: Clone + Send + Sync + 'static>(
    words: &'static [&'static str],
    from_word: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words).try_map(move |word| from_word(&word).ok_or("a word that is not known"))
}

/// All but the empty one, which is what an option that is not given means.
fn referrer_policies() -> impl TypedValueParser<Value = ReferrerPolicy> {
    let words = ReferrerPolicy::ALL.iter().map(|policy| policy.as_str()).filter(|word| !word.is_empty());
    PossibleValuesParser::new(words).try_map(|word| ReferrerPolicy::from_word(&word).ok_or("a word that is not known"))
}

fn embedder_policy(word: &str) -> Option<EmbedderPolicy> {
    match word {
        "unsafe-none" => Some(EmbedderPolicy::UnsafeNone),
        "require-corp" => Some(EmbedderPolicy::RequireCorp),
        "credentialless" => Some(EmbedderPolicy::Credentialless),
        _ => None,
    }
}

/// A header as the page writes it. Each character of the value is a byte.
fn header(line: &str) -> Result<(String, Vec<u8>), &'static str> {
    let (name, value) = line.split_once(':').ok_or("there is no colon; it is `-H 'NAME: VALUE'`")?;
    let bytes = value.trim_start_matches([' ', '\t']).chars().map(|character| u8::try_from(u32::from(character)));
    let bytes: Result<Vec<u8>, _> = bytes.collect();
    Ok((name.into(), bytes.map_err(|_| "the value has a character above U+00FF, which is not a byte")?))
}

fn seconds(value: &str) -> Result<Duration, &'static str> {
    let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or("this is not a number of seconds")
}
