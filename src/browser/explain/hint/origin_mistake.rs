//! Common mistakes in the value of `Access-Control-Allow-Origin`.

use core::{fmt, str};

use crate::{
    grammar,
    origin::{Host, Origin},
};

/// How a value of `Access-Control-Allow-Origin` differs from the intended origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginMistake {
    /// It ends with a `/`.
    TrailingSlash,
    /// It has a path.
    Path,
    /// It is in quotes or brackets.
    Quotes,
    /// It is a pattern.
    Pattern,
    /// It has no scheme.
    NoScheme,
    /// It has upper-case letters.
    UpperCase,
    /// It spells out the scheme's default port.
    DefaultPort,
    /// It has another scheme.
    Scheme,
    /// It has another port, or only one of the two has a port.
    Port,
    /// Both are names of this machine, but different ones.
    Loopback,
    /// The two differ only in `www.`.
    Www,
    /// It is `null`.
    Null,
    /// It is the printed value of a program, such as `false`.
    Printed,
    /// It is a variable or a template that was not expanded.
    NotExpanded,
    /// Stray punctuation surrounds it.
    Punctuation,
    /// It is one value twice: two layers added it, and a third combined the lines.
    Twice,
    /// It lists several origins.
    List,
    /// It is a word for several origins, such as `all`.
    Word,
    /// It is another origin.
    Other,
    /// It is empty.
    Empty,
}

/// The starts of variables and templates that a server's configuration should have expanded.
const VARIABLES: [&str; 8] = ["$", "%{", "%(", "{{", "{$", "<%", "#{", "env("];

/// What programs print for missing values.
const PRINTED: [&str; 8] = ["(null)", "false", "true", "undefined", "none", "nil", "[object object]", "nan"];

/// Words that people write for several origins.
const WORDS: [&str; 11] =
    ["all", "allow", "allow-all", "any", "cross-origin", "everyone", "origin", "public", "same-origin", "self", "yes"];

/// Texts that occur in regular expressions, but never in an origin.
const OF_PATTERNS: [&str; 6] = ["\\", ".*", ".+", "(?", "(.", "[a"];

impl OriginMistake {
    /// The mistake in `value`, if it is a common one.
    pub(in crate::browser) fn of(value: &[u8], origin: Origin<'_>) -> Option<Self> {
        let value = str::from_utf8(value).ok()?;
        let stripped = without_punctuation(value.as_bytes());
        let is_right = |text: &[u8]| text == b"*" || origin.is_serialized_as(text);
        let holds = |text: &str| grammar::split_once(value, text).is_some();
        let is_own_host = |text: &str| !origin.is_opaque() && text.eq_ignore_ascii_case(origin.host());
        match () {
            () if stripped.is_empty() => return Some(OriginMistake::Empty),
            () if is_word(stripped) && !is_own_host(value) => return Some(OriginMistake::Word),
            () if value.starts_with(['"', '\'', '`', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}']) => {
                return Some(OriginMistake::Quotes);
            }
            () if is_pattern(value) || OF_PATTERNS.into_iter().any(holds) => return Some(OriginMistake::Pattern),
            () if VARIABLES.into_iter().any(holds) => return Some(OriginMistake::NotExpanded),
            () if is_printed(stripped) => return Some(OriginMistake::Printed),
            () if stripped.len() != value.len() && is_right(stripped) => return Some(OriginMistake::Punctuation),
            () => {}
        }
        let separates = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b'|');
        let mut elements = value.as_bytes().split(separates).filter(|element| !element.is_empty());
        if let (Some(first), Some(second)) = (elements.next(), elements.next()) {
            let twice = first == second || first == b"*" || second == b"*";
            return Some(if twice { OriginMistake::Twice } else { OriginMistake::List });
        }
        Self::of_one(value, origin)
    }

    /// The mistake in a value without blanks and commas.
    fn of_one(value: &str, origin: Origin<'_>) -> Option<Self> {
        if value.contains('*') && value != "*" {
            return Some(OriginMistake::Pattern);
        }
        if matches!(value.as_bytes(), [b'[' | b'(' | b'{' | b'<', ..]) {
            return Some(OriginMistake::Quotes);
        }
        if value == "null" {
            return Some(OriginMistake::Null);
        }
        let Some((scheme, rest)) = grammar::split_once(value, "://") else {
            let (host, after_host) = grammar::split_before(value, b":/");
            let looks_like_host = host.contains('.') || host == "localhost" || !after_host.is_empty();
            return (looks_like_host || !origin.is_opaque() && host.eq_ignore_ascii_case(origin.host()))
                .then_some(OriginMistake::NoScheme);
        };
        if let Some((_, path)) = grammar::split_once(rest, "/") {
            return Some(if path.is_empty() { OriginMistake::TrailingSlash } else { OriginMistake::Path });
        }
        if value.bytes().map(|byte| byte.to_ascii_lowercase()).eq(origin.serialized_bytes()) {
            return Some(OriginMistake::UpperCase);
        }
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        if value.strip_suffix(default_port).is_some_and(|short| origin.is_serialized_as(short.as_bytes())) {
            return Some(OriginMistake::DefaultPort);
        }
        let named = Origin::parse(value).ok()?;
        match () {
            () if named.host() != origin.host() => match () {
                () if is_loopback(named) && is_loopback(origin) => Some(OriginMistake::Loopback),
                () if differ_in_www(named, origin) => Some(OriginMistake::Www),
                () => (!origin.is_opaque() && !named.is_opaque()).then_some(OriginMistake::Other),
            },
            () if named.scheme() != origin.scheme() => Some(OriginMistake::Scheme),
            () => Some(OriginMistake::Port),
        }
    }

    /// The code of this mistake, in kebab-case. It is stable.
    pub const fn code(self) -> &'static str {
        match self {
            OriginMistake::TrailingSlash => "allow-origin-trailing-slash",
            OriginMistake::Path => "allow-origin-path",
            OriginMistake::Quotes => "allow-origin-quotes",
            OriginMistake::Pattern => "allow-origin-pattern",
            OriginMistake::NoScheme => "allow-origin-without-scheme",
            OriginMistake::UpperCase => "allow-origin-upper-case",
            OriginMistake::DefaultPort => "allow-origin-default-port",
            OriginMistake::Scheme => "allow-origin-other-scheme",
            OriginMistake::Port => "allow-origin-other-port",
            OriginMistake::Loopback => "allow-origin-loopback",
            OriginMistake::Www => "allow-origin-www",
            OriginMistake::Null => "allow-origin-null",
            OriginMistake::Printed => "allow-origin-printed-value",
            OriginMistake::NotExpanded => "allow-origin-not-expanded",
            OriginMistake::Punctuation => "allow-origin-punctuation",
            OriginMistake::Twice => "allow-origin-twice",
            OriginMistake::List => "allow-origin-list",
            OriginMistake::Word => "allow-origin-word",
            OriginMistake::Other => "allow-origin-other",
            OriginMistake::Empty => "allow-origin-empty",
        }
    }
}

fn is_printed(value: &[u8]) -> bool {
    PRINTED.into_iter().any(|printed| value.eq_ignore_ascii_case(printed.as_bytes()))
}

/// Whether a value is one of the words, in quotes or not.
fn is_word(value: &[u8]) -> bool {
    let quoted = match value {
        [b'"' | b'\'', inside @ .., b'"' | b'\''] => inside,
        _ => value,
    };
    WORDS.into_iter().any(|word| quoted.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a value starts or ends as regular expressions do.
fn is_pattern(value: &str) -> bool {
    let ends = |start: char, end: char| value.starts_with(start) && value.ends_with(end) && value.len() > 2;
    value.starts_with(['^', '~']) || value.ends_with('$') || ends('/', '/')
}

/// A value without the blanks, semicolons and commas around it.
fn without_punctuation(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b';' | b',', rest @ ..] | [rest @ .., b' ' | b';' | b','] = value {
        value = rest;
    }
    value
}

/// Whether two origins are equal except for `www.` at the start of one host.
pub(in crate::browser) fn differ_in_www(one: Origin<'_>, other: Origin<'_>) -> bool {
    let is_www_of = |long: &str, short: &str| long.strip_prefix("www.") == Some(short);
    one.scheme() == other.scheme()
        && !one.is_opaque()
        && one.port() == other.port()
        && (is_www_of(one.host(), other.host()) || is_www_of(other.host(), one.host()))
}

impl fmt::Display for OriginMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            OriginMistake::TrailingSlash => "an origin has no `/` at its end, and is compared byte for byte",
            OriginMistake::Path => "an origin has no path: it ends with the host, or with the port",
            OriginMistake::Quotes => "an origin is written without quotes and brackets",
            OriginMistake::Pattern => {
                "there are no patterns of origins: the server must find out whether it allows the request's `Origin`, \
                 and name that one"
            }
            OriginMistake::NoScheme => "an origin starts with its scheme, as in `https://`",
            OriginMistake::UpperCase => "an origin is in lower case, and is compared byte for byte",
            OriginMistake::DefaultPort => "browsers leave out the default port: 443 of `https`, 80 of `http`",
            OriginMistake::Scheme => "`http` and `https` make two origins of one host, as an app's own scheme makes another",
            OriginMistake::Port => "the port is part of the origin, and two ports make two origins",
            OriginMistake::Loopback => "`localhost`, `127.0.0.1` and `[::1]` are different origins, though one machine",
            OriginMistake::Www => "a host with `www.` and the host without it are two origins: allow both, or use one",
            OriginMistake::Null => "`null` does not mean \"none\": it is the origin of sandboxed pages",
            OriginMistake::Printed => {
                "the value is what a program prints for a value that is not an origin: add the origin to the server's \
                 list, and send no header for origins that are not on it"
            }
            OriginMistake::NotExpanded => {
                "the value is a variable or a template that the server did not expand: check the quotes around it, and \
                 whether this directive expands variables"
            }
            OriginMistake::Punctuation => "a `;` or a `,` is part of the value: remove it",
            OriginMistake::Twice => {
                "two layers, as a proxy and an application, each add `Access-Control-Allow-Origin`, and the values were \
                 joined: add it in one place"
            }
            OriginMistake::List => {
                "`Access-Control-Allow-Origin` takes one origin: a server that allows several answers each with its own"
            }
            OriginMistake::Word => {
                "no word means every origin: that is `*`, and else the value is the request's own `Origin`, once the server \
                 allows it"
            }
            OriginMistake::Other => {
                "the server allows another origin, and not the page's: add the page's origin to its list, and let it answer \
                 each origin with that one"
            }
            OriginMistake::Empty => "an empty value allows nobody: send the origin, or no header at all",
        })
    }
}

fn is_loopback(origin: Origin<'_>) -> bool {
    origin.parsed_host().is_some_and(Host::is_loopback)
}
