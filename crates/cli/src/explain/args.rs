//! The command line.

use core::time::Duration;

use fetch_cors::browser::{
    Profile,
    request::{CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
};

pub const HELP: &str = "\
Explains a CORS exchange: what a browser sends, what it makes of the answers, what to change.

usage: explain
       explain --origin ORIGIN [OPTIONS] URL [FILE...]
       explain --id TEXT

Without arguments it explains an exchange of its own, which fails.

The files hold response heads as `curl -i` prints them, in the order of the requests that are sent:
first the answer to the preflight, if there is one, then that to the request, then those after
redirects. One file may hold several. `-`, or no file at all, is standard input. Where a head is
missing, the report stops and says what is sent next, and how to ask for that with curl.

The report marks which failure each browser prints, and ends with a line for each browser that would
do something else, and why. Another browser's requests get the heads of the same requests.

  --origin ORIGIN           the origin of the page, as `https://app.example` or `null`
  -X METHOD                 the method, as the page writes it            (GET)
  -H 'NAME: VALUE'          a header that the page sets; may be repeated
  --body TEXT               a string as the body; for another kind, set its Content-Type with -H
  --stream                  a stream as the body
  --upload-listener         XMLHttpRequest with a listener on its upload, not `fetch()`
  --credentials MODE        omit, same-origin, include                   (same-origin)
  --mode MODE               cors, no-cors, same-origin                   (cors)
  --redirect MODE           follow, error, manual                        (follow)
  --referrer-policy POLICY  as `no-referrer`                             (the page's own)
  --profile BROWSER         fetch (the standard), chromium, firefox, webkit (or safari)
                                                                         (fetch)
  --against BROWSER         also all in which that browser parts from the profile, and the departures
                            from the standard that make it
  --again SECONDS           the same fetch once more, so much later: does the cache save the
                            preflight? Further heads answer it; may be repeated
  --id TEXT                 what a browser's message means, and what fixes it: an id, or a whole line
                            of its console
  --help                    this

exit status: 0 if the page can read the response; 1 if it cannot, by the rules of --profile: the
             browser refuses it, or it is opaque; 2 if the arguments or the heads are bad input, or
             if nothing is known of TEXT; 3 if a head is missing.
";

/// What is to be done.
#[derive(Debug)]
pub enum Command {
    Help,
    BuiltIn,
    /// This message is to be explained.
    Id(String),
    Explain(Box<Arguments>),
}

/// A fetch, as the command line describes it.
#[derive(Debug)]
pub struct Arguments {
    pub origin: String,
    pub url: String,
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: BodyArgument,
    pub api: Api,
    pub credentials: CredentialsMode,
    pub mode: RequestMode,
    pub redirect: RedirectMode,
    pub referrer_policy: ReferrerPolicy,
    pub profile: Profile,
    pub against: Option<Profile>,
    pub again: Vec<Duration>,
    pub files: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyArgument {
    None,
    Text,
    Stream,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Fetch,
    XhrWithUploadListener,
}

impl Default for Arguments {
    fn default() -> Self {
        Arguments {
            origin: String::new(),
            url: String::new(),
            method: "GET".into(),
            headers: Vec::new(),
            body: BodyArgument::None,
            api: Api::Fetch,
            credentials: CredentialsMode::SameOrigin,
            mode: RequestMode::Cors,
            redirect: RedirectMode::Follow,
            referrer_policy: ReferrerPolicy::Empty,
            profile: Profile::FETCH,
            against: None,
            again: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// Reads the command line.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut line = arguments.into_iter().peekable();
    if line.peek().is_none() {
        return Ok(Command::BuiltIn);
    }
    let mut arguments = Arguments::default();
    let (mut origin, mut url, mut options_end) = (None, None, false);
    while let Some(argument) = line.next() {
        let is_option = !options_end && argument.len() > 1 && argument.starts_with('-');
        if !is_option {
            match url {
                None => url = Some(argument),
                Some(_) => arguments.files.push(argument),
            }
            continue;
        }
        let (option, attached) = split_option(&argument);
        let mut value = || {
            let value = attached.map(String::from).or_else(|| line.next());
            value.ok_or_else(|| format!("`{option}` needs a value"))
        };
        match option {
            "--origin" => origin = Some(value()?),
            "-X" | "--request" => arguments.method = value()?,
            "-H" | "--header" => arguments.headers.push(header(&value()?)?),
            "--body" => {
                value()?;
                set_body(&mut arguments, BodyArgument::Text)?;
            }
            "--credentials" => arguments.credentials = word(option, &value()?, CredentialsMode::from_word)?,
            "--mode" => arguments.mode = word(option, &value()?, RequestMode::from_word)?,
            "--redirect" => arguments.redirect = word(option, &value()?, RedirectMode::from_word)?,
            "--referrer-policy" => arguments.referrer_policy = word(option, &value()?, ReferrerPolicy::from_word)?,
            "--profile" => arguments.profile = word(option, &value()?, profile)?,
            "--against" => arguments.against = Some(word(option, &value()?, profile)?),
            "--id" => return Ok(Command::Id(value()?)),
            "--again" => arguments.again.push(seconds(&value()?)?),
            _ if attached.is_some() && option.starts_with("--") => {
                return Err(format!("`{option}` takes no value, or there is no such option; see --help"));
            }
            "--stream" => set_body(&mut arguments, BodyArgument::Stream)?,
            "--upload-listener" => arguments.api = Api::XhrWithUploadListener,
            "--help" | "-h" => return Ok(Command::Help),
            "--" => options_end = true,
            _ => return Err(format!("there is no option `{option}`; see --help")),
        }
    }
    arguments.url = url.ok_or("there is no URL; see --help")?;
    arguments.origin = origin.ok_or("there is no `--origin`, the origin of the page; see --help")?;
    check_api(&arguments)?;
    Ok(Command::Explain(Box::new(arguments)))
}

/// An option and what is attached to it: `--origin=null`, `-XPUT`.
fn split_option(argument: &str) -> (&str, Option<&str>) {
    if argument.starts_with("--") {
        return argument.split_once('=').map_or((argument, None), |(option, value)| (option, Some(value)));
    }
    match argument.split_at_checked(2) {
        Some((option, value)) if !value.is_empty() => (option, Some(value)),
        _ => (argument, None),
    }
}

fn set_body(arguments: &mut Arguments, body: BodyArgument) -> Result<(), String> {
    if arguments.body != BodyArgument::None {
        return Err("a request has one body: `--body` or `--stream`".into());
    }
    arguments.body = body;
    Ok(())
}

/// A header as the page writes it: the characters of its value stand for bytes.
fn header(line: &str) -> Result<(String, Vec<u8>), String> {
    let (name, value) =
        line.split_once(':').ok_or_else(|| format!("`-H {line}`: there is no colon; it is `-H 'NAME: VALUE'`"))?;
    let bytes = value.trim_start_matches([' ', '\t']).chars().map(|character| u8::try_from(u32::from(character)));
    let bytes = bytes.collect::<Result<_, _>>();
    let bytes = bytes.map_err(|_| format!("`-H {line}`: a character of the value is above U+00FF and has no byte"))?;
    Ok((name.into(), bytes))
}

fn word<T>(option: &str, value: &str, from_word: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    from_word(value).ok_or_else(|| format!("`{option}` has no value `{value}`; see --help"))
}

fn profile(name: &str) -> Option<Profile> {
    match name {
        "fetch" => Some(Profile::FETCH),
        "chromium" => Some(Profile::CHROMIUM),
        "firefox" => Some(Profile::FIREFOX),
        "webkit" | "safari" => Some(Profile::WEBKIT),
        _ => None,
    }
}

fn seconds(value: &str) -> Result<Duration, String> {
    let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| format!("`--again {value}`: that is not a number of seconds"))
}

/// XMLHttpRequest has not what `fetch()` has.
fn check_api(arguments: &Arguments) -> Result<(), String> {
    let lacks = match arguments {
        Arguments { api: Api::Fetch, .. } => return Ok(()),
        Arguments { body: BodyArgument::Stream, .. } => "stream",
        Arguments { credentials: CredentialsMode::Omit, .. } => "credentials mode `omit`",
        Arguments { mode, .. } if *mode != RequestMode::Cors => "mode but `cors`",
        Arguments { redirect, .. } if *redirect != RedirectMode::Follow => "redirect mode but `follow`",
        Arguments { referrer_policy, .. } if *referrer_policy != ReferrerPolicy::Empty => "referrer policy",
        _ => return Ok(()),
    };
    Err(format!("`--upload-listener` makes an XMLHttpRequest, which has no {lacks}"))
}
