//! One change to a response, as text.

use core::fmt::{self, Write};

use super::{
    list::{Names, RequestNames},
    page::is_cors_response_header,
};
use crate::{
    browser::{response::Status, url::Url},
    grammar,
    header::HeaderName,
    method::Method,
    origin::Origin,
};

/// One change to a response. The changes of [`Explanation::fix`](super::Explanation::fix) are needed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change<'a> {
    /// The response has this status.
    Status(Status),
    /// The response does not redirect, but answers the request.
    WithoutRedirect,
    /// The URL that redirected here, to a page for logging in, answers 401 instead.
    UnauthorizedInsteadOfRedirect,
    /// The response has this header, once.
    Set(HeaderName<'static>, NewValue<'a>),
    /// The response does not have this header.
    Remove(HeaderName<'static>),
    /// No header value has a NUL byte.
    WithoutNul,
}

impl Change<'_> {
    /// The new status, if the change sets one.
    pub const fn status(&self) -> Option<Status> {
        match self {
            Change::Status(status) => Some(*status),
            Change::WithoutRedirect => Some(Status::OK),
            Change::Set(..) | Change::Remove(_) | Change::WithoutNul | Change::UnauthorizedInsteadOfRedirect => None,
        }
    }

    /// The name of the changed header, if the change is to a header. All lines of this name are replaced.
    pub const fn header_name(&self) -> Option<HeaderName<'static>> {
        match self {
            Change::Set(name, _) | Change::Remove(name) => Some(*name),
            Change::Status(_)
            | Change::WithoutRedirect
            | Change::WithoutNul
            | Change::UnauthorizedInsteadOfRedirect => None,
        }
    }

    /// The code of this kind of change, in kebab-case. It is stable.
    pub const fn code(&self) -> &'static str {
        match self {
            Change::Status(_) => "set-status",
            Change::WithoutRedirect => "answer-without-redirect",
            Change::UnauthorizedInsteadOfRedirect => "answer-401-instead-of-redirect",
            Change::Set(..) => "set-header",
            Change::Remove(_) => "remove-header",
            Change::WithoutNul => "remove-nul",
        }
    }
}

/// Writes the new header line, or a sentence for another change.
impl fmt::Display for Change<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Status(status) => write!(formatter, "status {status}"),
            Change::WithoutRedirect => formatter.write_str("an answer at this URL, without a redirect"),
            Change::UnauthorizedInsteadOfRedirect => formatter.write_str(
                "at the URL that redirects here: status 401 with the CORS headers, instead of the redirect to a login",
            ),
            Change::Set(name, value) => write!(formatter, "{}: {value}", Capitalized(*name)),
            Change::Remove(name) => write!(formatter, "no `{}`", Capitalized(*name)),
            Change::WithoutNul => formatter.write_str("no NUL in the value of a header"),
        }
    }
}

/// A header name in its usual capitalization.
pub(in crate::browser::explain) struct Capitalized<'a>(pub(in crate::browser::explain) HeaderName<'a>);

impl fmt::Display for Capitalized<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut starts_word = true;
        self.0.as_str().chars().try_for_each(|character| {
            let written = if starts_word { character.to_ascii_uppercase() } else { character };
            starts_word = character == '-';
            formatter.write_char(written)
        })
    }
}

/// The value of a header to be set; it writes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NewValue<'a>(pub(super) Value<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value<'a> {
    Text(&'static str),
    Bytes(&'a [u8]),
    Origin(Origin<'a>),
    WithoutCredentials(Url<'a>),
    Https(HttpsUrl<'a>),
    Methods(Names<'a>, Option<Method<'a>>),
    HeaderNames(Names<'a>, RequestNames<'a>),
}

impl NewValue<'_> {
    /// Whether the value is the origin `null`.
    pub(super) const fn is_null(&self) -> bool {
        matches!(self.0, Value::Origin(origin) if origin.is_opaque())
    }

    /// Whether the value is an origin.
    pub(in crate::browser::explain) const fn is_origin(&self) -> bool {
        matches!(self.0, Value::Origin(_))
    }
}

impl fmt::Display for NewValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => formatter.write_str(text),
            // No response may have a NUL in a value.
            Value::Bytes(bytes) => {
                bytes.split(|byte| *byte == 0).try_for_each(|bytes| fmt::Display::fmt(&bytes.escape_ascii(), formatter))
            }
            Value::Origin(origin) => fmt::Display::fmt(&origin, formatter),
            Value::WithoutCredentials(url) => {
                let (_, after_scheme) = grammar::split_once(url.as_str(), "://").unwrap_or_default();
                let path = grammar::split_before(after_scheme, b"/").1;
                write!(formatter, "{}{path}", url.origin())
            }
            Value::Https(url) => fmt::Display::fmt(&url, formatter),
            Value::Methods(kept, added) => {
                let separator = write_list(formatter, kept.tokens())?;
                added.map_or(Ok(()), |method| write!(formatter, "{separator}{method}"))
            }
            Value::HeaderNames(kept, request) => {
                let separator = write_list(formatter, kept.tokens())?;
                let separators = core::iter::once(separator).chain(core::iter::repeat(", "));
                let missing = request.missing_in(kept).filter(|name| !is_cors_response_header(*name));
                separators
                    .zip(missing)
                    .try_for_each(|(separator, name)| write!(formatter, "{separator}{}", name.lowercase()))
            }
        }
    }
}

/// Writes `tokens` with commas, and returns what separates them from more.
fn write_list<'a>(
    formatter: &mut fmt::Formatter<'_>,
    tokens: impl Iterator<Item = &'a str>,
) -> Result<&'static str, fmt::Error> {
    let mut separator = "";
    for token in tokens {
        write!(formatter, "{separator}{token}")?;
        separator = ", ";
    }
    Ok(separator)
}

/// The `https:` URL of an `http:` one; it writes itself, without the fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HttpsUrl<'a>(pub(in crate::browser::explain) Url<'a>);

impl fmt::Display for HttpsUrl<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.0.without_fragment();
        match url.strip_prefix("http://") {
            Some(rest) => write!(formatter, "https://{rest}"),
            None => match url.strip_prefix("ws://") {
                Some(rest) => write!(formatter, "wss://{rest}"),
                None => formatter.write_str(url),
            },
        }
    }
}
