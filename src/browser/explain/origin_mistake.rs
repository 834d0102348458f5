//! What people write into `Access-Control-Allow-Origin` in place of an origin.

use core::{fmt, str};

use crate::{
    grammar,
    origin::{Host, Origin},
};

/// How a value of `Access-Control-Allow-Origin` misses the origin that it was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginMistake {
    /// There is a `/` at its end.
    TrailingSlash,
    /// There is a path.
    Path,
    /// It is in quotes.
    Quotes,
    /// It is a pattern.
    Pattern,
    /// There is no scheme.
    NoScheme,
    /// It has upper-case letters.
    UpperCase,
    /// It spells out the scheme's default port.
    DefaultPort,
    /// The scheme is another.
    Scheme,
    /// The port is another, or is there or not.
    Port,
    /// Both are names of the machine itself, but not the same.
    Loopback,
    /// It is `null`.
    Null,
}

impl OriginMistake {
    /// The mistake in `value`, if it is one that people make.
    pub(super) fn of(value: &[u8], origin: Origin<'_>) -> Option<Self> {
        let value = str::from_utf8(value).ok()?;
        if value.starts_with(['"', '\'']) {
            return Some(OriginMistake::Quotes);
        }
        if value.contains('*') && value != "*" {
            return Some(OriginMistake::Pattern);
        }
        if value == "null" {
            return Some(OriginMistake::Null);
        }
        let Some((scheme, rest)) = grammar::split_once(value, "://") else {
            let host = grammar::until(value, b":/");
            return (!origin.is_opaque() && host.eq_ignore_ascii_case(origin.host()))
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
            () if named.host() != origin.host() => {
                let is_loopback = |origin: Origin<'_>| origin.parsed_host().is_some_and(Host::is_loopback);
                (is_loopback(named) && is_loopback(origin)).then_some(OriginMistake::Loopback)
            }
            () if named.scheme() != origin.scheme() => Some(OriginMistake::Scheme),
            () => Some(OriginMistake::Port),
        }
    }
}

impl fmt::Display for OriginMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            OriginMistake::TrailingSlash => "an origin has no `/` at its end, and is compared byte for byte",
            OriginMistake::Path => "an origin has no path: it ends with the host, or with the port",
            OriginMistake::Quotes => "an origin is written without quotes",
            OriginMistake::Pattern => {
                "there are no patterns of origins: the server must find out whether it allows the request's `Origin`, \
                 and name that one"
            }
            OriginMistake::NoScheme => "an origin starts with its scheme, as in `https://`",
            OriginMistake::UpperCase => "an origin is in lower case, and is compared byte for byte",
            OriginMistake::DefaultPort => "browsers leave out the default port: 443 of `https`, 80 of `http`",
            OriginMistake::Scheme => "`http` and `https` make two origins of one host",
            OriginMistake::Port => "the port is part of the origin, and two ports make two origins",
            OriginMistake::Loopback => "`localhost` and `127.0.0.1` are two origins, though one machine",
            OriginMistake::Null => "`null` is no word for \"none\": it is the origin of sandboxed pages",
        })
    }
}
