//! What consoles have of failures that are not CORS's to the browser: pieces of text, as it has no ids for them.

use super::MessageOf;
use crate::{
    browser::{
        cross_origin_resource_policy::{PolicySource, ResourcePolicy},
        error::{NetworkError, Reason},
    },
    origin::Origin,
};

impl NetworkError<'_> {
    /// A piece of a console's message for a failure that the browser does not count as CORS: mixed content, a resource policy, a
    /// file. None where a failure has an id, and where nothing is known.
    ///
    /// [`known_message`](super::known_message) takes the pieces.
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
            // A page that is a file itself gets the message on schemes, and others that on files.
            (MessageOf::Chromium, Reason::SchemeNotHttp { scheme: "file" }) if page.is_opaque() => "CorsDisabledScheme",
            (MessageOf::Chromium, Reason::SchemeNotHttp { scheme: "file" }) => "Not allowed to load local resource",
            (MessageOf::Chromium, Reason::SchemeNotHttp { .. } | Reason::SchemeNotFetched { .. }) => "URL scheme",
            _ => return None,
        })
    }
}
