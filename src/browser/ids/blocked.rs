//! Pieces of console messages for failures that a browser does not count as CORS, and for which it has no ids.

use super::MessageOf;
use crate::{
    browser::{
        cross_origin_resource_policy::{PolicySource, ResourcePolicy},
        error::{NetworkError, Reason},
    },
    origin::Origin,
};

impl NetworkError<'_> {
    /// A piece of the console's message for a failure that the browser does not count as CORS: mixed content, a resource
    /// policy, a file. `None` if the failure has an id, or if no text is known.
    ///
    /// [`known_message`](super::known_message) recognizes the pieces.
    pub fn blocked_message(&self, of: MessageOf, page: Origin<'_>) -> Option<&'static str> {
        Some(match (of, self.reason) {
            (MessageOf::Chromium, Reason::CrossOriginResourcePolicy { source: PolicySource::EmbedderPolicy, .. }) => {
                "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep"
            }
            (MessageOf::Chromium, Reason::CrossOriginResourcePolicy { policy: ResourcePolicy::SameSite, .. }) => {
                "ERR_BLOCKED_BY_RESPONSE.NotSameSite"
            }
            (MessageOf::Chromium, Reason::CrossOriginResourcePolicy { .. }) => "ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
            (MessageOf::Firefox, Reason::CrossOriginResourcePolicy { .. }) => {
                "was blocked due to its Cross-Origin-Resource-Policy header"
            }
            (MessageOf::Chromium, Reason::MixedContent { .. }) => "Mixed Content: The page at",
            (MessageOf::Firefox, Reason::MixedContent { .. }) => "Blocked loading mixed active content",
            (MessageOf::WebKit, Reason::MixedContent { .. }) => "requested insecure content from",
            // On a page that is a file itself, the message is about schemes; on other pages, about files.
            (MessageOf::Chromium, Reason::SchemeNotHttp { scheme: "file" }) if page.is_opaque() => "CorsDisabledScheme",
            (MessageOf::Chromium, Reason::SchemeNotHttp { scheme: "file" }) => "Not allowed to load local resource",
            (MessageOf::Chromium, Reason::SchemeNotHttp { .. } | Reason::SchemeNotFetched { .. }) => "URL scheme",
            _ => return None,
        })
    }
}
