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
a browser's developer tools, `Copy as cURL`, `Copy as fetch`, `Copy as PowerShell`, a call of `fetch()`, axios, jQuery or XMLHttpRequest, lines of a console, \
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
    /// The URL that the page requests, if what is read does not tell; and files to be read, where `-` is standard input
    #[arg(value_name = "URL|FILE")]
    pub given: Vec<String>,

    /// The origin of the page, as `https://app.example` or `null`
    #[arg(long, help_heading = "The page's call")]
    pub origin: Option<String>,
    /// What makes the request: a function of a script, or an element; `fetch`, if nothing says another
    #[arg(long = "as", value_enum, value_name = "KIND", help_heading = "The page's call")]
    pub kind: Option<Kind>,
    /// The method, as the page writes it; `GET`, if nothing says another
    #[arg(short = 'X', long = "request", value_name = "METHOD", help_heading = "The page's call")]
    pub method: Option<String>,
    /// A header that the page sets; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = header, help_heading = "The page's call")]
    pub headers: Vec<(String, Vec<u8>)>,
    /// A string as the body; for another kind, set its Content-Type with -H
    #[arg(long, value_name = "TEXT", conflicts_with = "stream", help_heading = "The page's call")]
    pub body: Option<String>,
    /// A stream as the body
    #[arg(long, help_heading = "The page's call")]
    pub stream: bool,
    /// XMLHttpRequest with a listener on its upload
    #[arg(long, conflicts_with = "kind", help_heading = "The page's call")]
    pub upload_listener: bool,
    /// The credentials mode; `same-origin` for a call, if nothing says another
    #[arg(long, value_name = "MODE", value_parser = words(&["omit", "same-origin", "include"], CredentialsMode::from_word), help_heading = "The page's call")]
    pub credentials: Option<CredentialsMode>,
    /// The mode; for an element, `cors` is its attribute `crossorigin`
    #[arg(long, value_parser = words(&["cors", "no-cors", "same-origin"], RequestMode::from_word), help_heading = "The page's call")]
    pub mode: Option<RequestMode>,
    /// The redirect mode; `follow`, if nothing says another
    #[arg(long, value_name = "MODE", value_parser = words(&["follow", "error", "manual"], RedirectMode::from_word), help_heading = "The page's call")]
    pub redirect: Option<RedirectMode>,
    /// The cache mode; `default`, if nothing says another
    #[arg(long, value_name = "MODE", value_parser = words(&["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"], CacheMode::from_word), help_heading = "The page's call")]
    pub cache: Option<CacheMode>,
    /// The referrer policy; the page's own, if nothing says another
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
    /// The same fetch once more, so much later: does the cache save the preflight? Further heads answer it; may be repeated
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, help_heading = "Where it happens")]
    pub again: Vec<Duration>,

    /// By whose rules
    #[arg(long, value_enum, value_name = "BROWSER", default_value_t, help_heading = "The report")]
    pub profile: Rules,
    /// Also all in which that browser differs from the profile, and the departures from the standard that cause it
    #[arg(long, value_enum, value_name = "BROWSER", help_heading = "The report")]
    pub against: Option<Rules>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t, help_heading = "The report")]
    pub format: Format,
    /// Also writes the report into this file, as a page that draws the exchange
    #[arg(long, value_name = "FILE", help_heading = "The report")]
    pub html: Option<PathBuf>,
    /// Explains a built-in exchange that fails, and exits with 0
    #[arg(long, help_heading = "The report", conflicts_with_all = ["given", "origin", "kind", "method", "headers", "body", "stream", "upload_listener", "credentials", "mode", "redirect", "cache", "referrer_policy", "keepalive", "again"])]
    pub example: bool,
}

/// A parser that knows the words which it takes, for the help and for completions.
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

/// A header as the page writes it: the characters of its value stand for bytes.
fn header(line: &str) -> Result<(String, Vec<u8>), &'static str> {
    let (name, value) = line.split_once(':').ok_or("there is no colon; it is `-H 'NAME: VALUE'`")?;
    let bytes = value.trim_start_matches([' ', '\t']).chars().map(|character| u8::try_from(u32::from(character)));
    let bytes: Result<Vec<u8>, _> = bytes.collect();
    Ok((name.into(), bytes.map_err(|_| "a character of the value is above U+00FF and has no byte")?))
}

fn seconds(value: &str) -> Result<Duration, &'static str> {
    let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or("this is not a number of seconds")
}
