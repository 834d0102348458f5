//! How a fetch ends.

use fetch_cors::browser::{
    FilteredResponse, NetworkError,
    filter::{HiddenBecause, ResponseType},
};

use crate::code::ReasonCode;

/// How a fetch ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The script can read the response.
    Readable(Read),
    /// The script gets an opaque response.
    Opaque(ResponseType),
    /// The script gets a network error.
    Refused(Refusal),
    /// Nothing is sent, because the call throws, or is not one that a script makes: the test is wrong, not the server.
    Thrown(String),
}

/// The part of a response that a script can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) status: u16,
    pub(crate) shown: Vec<(String, Vec<u8>)>,
    /// Headers that the script cannot read, each with the reason.
    pub(crate) hidden: Vec<(String, HiddenBecause)>,
}

/// Why a fetch is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The codes of all faults of the answer. The one that the browser reports comes first.
    pub(crate) codes: Vec<ReasonCode>,
    pub(crate) text: String,
}

impl End {
    pub(crate) fn of(response: &FilteredResponse<'_>) -> Self {
        use fetch_cors::browser::filter::Visibility;
        match response.response_type() {
            ResponseType::Basic | ResponseType::Cors => {}
            opaque @ (ResponseType::Opaque | ResponseType::OpaqueRedirect) => return End::Opaque(opaque),
        }
        let mut read = Read { status: response.status(), shown: Vec::new(), hidden: Vec::new() };
        for (header, visibility) in response.verdicts() {
            let name = header.name.lowercase().to_string();
            match visibility {
                Visibility::Shown(_) => read.shown.push((name, header.value.to_vec())),
                Visibility::Hidden(because) => read.hidden.push((name, because)),
            }
        }
        End::Readable(read)
    }
}

impl Refusal {
    pub(crate) fn of<'a>(error: &NetworkError<'_>, others: impl IntoIterator<Item = NetworkError<'a>>) -> Self {
        let mut codes = vec![ReasonCode::of(&error.reason)];
        for other in others {
            let code = ReasonCode::of(&other.reason);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Refusal { codes, text: format!("{error}: {}", error.step()) }
    }
}
