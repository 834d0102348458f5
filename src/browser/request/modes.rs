//! The modes of requests, and other enumerations with the standard's words.

use core::fmt;

use crate::convert::impl_words;

macro_rules! words {
    ($(#[$attribute:meta])* $name:ident { $($(#[$variant_attribute:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_attribute])* #[doc = concat!("`\"", $word, "\"`")] $variant,)*
        }

        impl $name {
            /// All values, in the order of the standard.
            pub const ALL: &'static [Self] = &[$($name::$variant,)*];

            /// The value that the standard calls `word`.
            pub fn from_word(word: &str) -> Option<Self> {
                word.parse().ok()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl_words! { $name { $($variant = $word,)* } }
    };
}

words! {
    /// The mode of a request: with CORS, without it, or same-origin.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    RequestMode {
        Navigate = "navigate",
        SameOrigin = "same-origin",
        #[default]
        NoCors = "no-cors",
        Cors = "cors",
        WebSocket = "websocket",
        WebTransport = "webtransport",
    }
}

words! {
    /// When a request carries cookies and other credentials.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    CredentialsMode {
        Omit = "omit",
        #[default]
        SameOrigin = "same-origin",
        Include = "include",
    }
}

words! {
    /// What a request does with a redirect.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    RedirectMode {
        #[default]
        Follow = "follow",
        Error = "error",
        Manual = "manual",
    }
}

words! {
    /// How a request uses the HTTP cache.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
    CacheMode {
        #[default]
        Default = "default",
        NoStore = "no-store",
        Reload = "reload",
        NoCache = "no-cache",
        ForceCache = "force-cache",
        OnlyIfCached = "only-if-cached",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#enumdef-requestduplex>
    Duplex {
        #[default]
        Half = "half",
    }
}

words! {
    /// A referrer policy: how much a request says about the page that makes it.
    ///
    /// <https://w3c.github.io/webappsec-referrer-policy/#enumdef-referrerpolicy>
    ReferrerPolicy {
        #[default]
        Empty = "",
        NoReferrer = "no-referrer",
        NoReferrerWhenDowngrade = "no-referrer-when-downgrade",
        SameOrigin = "same-origin",
        Origin = "origin",
        StrictOrigin = "strict-origin",
        OriginWhenCrossOrigin = "origin-when-cross-origin",
        StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin",
        UnsafeUrl = "unsafe-url",
    }
}

words! {
    /// How much of the response a script will be able to read.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
    ResponseTainting {
        #[default]
        Basic = "basic",
        Cors = "cors",
        Opaque = "opaque",
    }
}

impl ReferrerPolicy {
    const POLICIES: [Self; 8] = [
        ReferrerPolicy::NoReferrer,
        ReferrerPolicy::NoReferrerWhenDowngrade,
        ReferrerPolicy::SameOrigin,
        ReferrerPolicy::Origin,
        ReferrerPolicy::StrictOrigin,
        ReferrerPolicy::OriginWhenCrossOrigin,
        ReferrerPolicy::StrictOriginWhenCrossOrigin,
        ReferrerPolicy::UnsafeUrl,
    ];

    /// The policy that an element of `Referrer-Policy` names.
    pub(in crate::browser) fn from_token(token: &[u8]) -> Option<Self> {
        Self::POLICIES.into_iter().find(|policy| token.eq_ignore_ascii_case(policy.as_str().as_bytes()))
    }
}

/// The kind of body of a request.
///
/// <https://fetch.spec.whatwg.org/#concept-request-body>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Body {
    /// No body: null in the standard.
    #[default]
    None,
    /// A body that can be sent again.
    WithSource,
    /// A stream, which can be sent once.
    WithoutSource,
}

/// Whether a request may outlive its page: its keepalive flag.
///
/// <https://fetch.spec.whatwg.org/#request-keepalive-flag>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum Keepalive {
    /// The request ends with its page.
    #[default]
    Unset,
    /// The request may continue after that.
    Set,
}

/// Where a browser can ask the user for a name and a password.
///
/// <https://fetch.spec.whatwg.org/#concept-request-window>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TraversableForUserPrompts {
    /// In the window that shows the page. A worker has none.
    #[default]
    Client,
    /// Nowhere.
    NoTraversable,
}

/// Whether a page chose the method and the headers of a request.
///
/// <https://fetch.spec.whatwg.org/#unsafe-request-flag>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum UnsafeRequestFlag {
    /// No: an element makes the request, and can send only what servers expect.
    #[default]
    Unset,
    /// Yes: the API lets a page choose methods and headers, as `fetch()` and XMLHttpRequest do.
    Set,
}

/// The use-CORS-preflight flag: whether a request needs a preflight independently of its method and headers.
///
/// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UseCorsPreflightFlag {
    /// Unset.
    #[default]
    Unset,
    /// Set because the body is a stream.
    SetByStream,
    /// Set because an `XMLHttpRequestUpload` has a listener.
    SetByUploadListener,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_listed_and_read_back() {
        macro_rules! check {
            ($($type:ident: $count:literal),*) => {$(
                assert_eq!($type::ALL.len(), $count);
                for value in $type::ALL {
                    assert_eq!($type::from_word(value.as_str()), Some(*value));
                }
            )*};
        }
        check!(
            RequestMode: 6, CredentialsMode: 3, RedirectMode: 3, CacheMode: 6, Duplex: 1, ReferrerPolicy: 9, ResponseTainting: 3
        );
    }
}
