//! A fetch as text. The input is the page's request and the server's answers; the output is the requests that are sent,
//! and the outcome.

use core::{cell::UnsafeCell, time::Duration};

use fetch_cors::{
    browser::{
        Action, Environment, Outcome, Response, cross_origin_resource_policy::IncludesCredentials, fetch,
        preflight::PreflightRequest,
    },
    header::Headers,
};

use exchange::{Line, Output, next_line, read_lines};

use crate::asked::{Asked, profile, read_text, write_header, write_request};

#[cfg(feature = "cache")]
pub(crate) type Cache = fetch_cors::browser::GrowingPreflightCache;
#[cfg(all(feature = "heapless", not(feature = "cache")))]
pub(crate) type Cache = fetch_cors::browser::cache::FixedPreflightCache<64, 4096>;
#[cfg(not(any(feature = "heapless", feature = "cache")))]
pub(crate) type Cache = fetch_cors::browser::NoCache;

struct Shared(UnsafeCell<Option<Cache>>);

// SAFETY: the module has one thread.
unsafe impl Sync for Shared {}

static CACHE: Shared = Shared(UnsafeCell::new(None));

pub(crate) fn with_cache<T>(work: impl FnOnce(&mut Cache) -> T) -> T {
    // SAFETY: this is the only reference, because no `work` calls this function again.
    let cache = unsafe { &mut *CACHE.0.get() };
    work(cache.get_or_insert_with(Cache::default))
}

/// The greatest number of lines in a head.
const LINES: usize = 512;

/// The input has one line each for the profile, the time in milliseconds, the API, the page's origin, the URL, the
/// method, the mode, the credentials mode, the redirect mode, the referrer policy, the body, and `upload` for an upload
/// listener. The page's headers follow, then the status and the headers of the answers to the preflight and to the
/// request. An empty line ends each list.
///
/// The output has each request with its headers, and a last line that begins with `response`, `redirect`, `error` or
/// `throws`. After a response, it has the names that a script can read. `None` if a line cannot be read.
pub(crate) fn drive(mut input: &[u8], output: &mut [u8], cache: &mut Cache) -> Option<usize> {
    let mut output = Output::new(output);
    let profile = profile(read_text(&mut input)?)?;
    let now = Duration::from_millis(read_text(&mut input)?.parse().ok()?);
    let asked = Asked::read(&mut input)?;
    let mut memory = [("", &b""[..]); LINES];
    let count = read_lines(&mut input, &mut memory)?;
    let Some(request) = asked.request(Headers::from_pairs(memory.get(..count)?)) else {
        output.write(b"throws\n")?;
        return Some(output.length());
    };
    let mut rest = input;
    let (mut preflight_memory, mut memory) = ([("", &b""[..]); LINES], [("", &b""[..]); LINES]);
    let preflight_response = read_response(&mut rest, &mut preflight_memory)?;
    let response = read_response(&mut rest, &mut memory)?;

    let awaiting = match fetch(request, Environment::new(profile), cache, now) {
        Ok(Action::SendPreflight(awaiting)) => {
            let preflight = awaiting.preflight();
            write_request(&mut output, PreflightRequest::METHOD.as_str(), preflight.url)?;
            for (name, value) in preflight.headers() {
                write_header(&mut output, name.as_str(), format_args!("{value}"))?;
            }
            output.write(b"\n")?;
            match awaiting.on_response(&preflight_response, cache, now) {
                Ok(awaiting) => Some(awaiting),
                Err(_) => None,
            }
        }
        Ok(Action::SendRequest(awaiting)) => Some(awaiting),
        Ok(Action::FetchScheme(..)) | Err(_) => None,
    };
    let Some(awaiting) = awaiting else {
        output.write(b"error\n")?;
        return Some(output.length());
    };
    let outgoing = awaiting.outgoing();
    write_request(&mut output, outgoing.method.as_str(), outgoing.url)?;
    for header in outgoing.headers.iter() {
        output.write(header.name.as_str().as_bytes())?;
        output.write(b": ")?;
        header.value.bytes().try_for_each(|byte| output.write(&[byte]))?;
        output.write(b"\n")?;
    }
    if outgoing.credentials == IncludesCredentials::Yes {
        output.write(b"cookie: \n")?;
    }
    output.write(b"\n")?;
    match awaiting.on_response(&response, cache) {
        Ok(Outcome::Response(response)) => {
            output.write(b"response ")?;
            output.write(response.response_type().as_str().as_bytes())?;
            output.write(b" ")?;
            output.write_status(response.status())?;
            output.write(b"\n")?;
            for header in response.headers() {
                output.write(header.name.as_str().as_bytes())?;
                output.write(b"\n")?;
            }
        }
        Ok(Outcome::Redirect(_)) => output.write(b"redirect\n")?,
        Err(_) => output.write(b"error\n")?,
    }
    Some(output.length())
}

fn read_response<'a>(text: &mut &'a [u8], memory: &'a mut [Line<'a>]) -> Option<Response<'a>> {
    let status = core::str::from_utf8(next_line(text)?).ok()?.parse().ok()?;
    let count = read_lines(text, memory)?;
    Response::new(status, Headers::from_pairs(memory.get(..count)?)).ok()
}
