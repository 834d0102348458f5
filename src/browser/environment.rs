//! The environment of a fetch: the browser, the page and the connection.
//!
//! ```
//! use fetch_cors::browser::{Environment, Profile, environment::HttpVersion};
//!
//! let environment = Environment { http_version: HttpVersion::Http1, ..Environment::new(&Profile::CHROMIUM) };
//! assert_eq!(environment.profile.name, "Chromium");
//! ```

use core::fmt;

use super::{
    cross_origin_resource_policy::EmbedderPolicy,
    profile::Profile,
    request::{CredentialsMode, HostIsSite, Request, SameSite},
    url::Url,
};
use crate::header::CombinedValue;

/// The global object that fetches.
///
/// <https://html.spec.whatwg.org/multipage/webappapis.html#concept-settings-object-global>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GlobalObject {
    /// A window of a visible page: the browser can ask its user for a name and a password.
    #[default]
    Window,
    /// A worker, or a window that is not visible.
    Worker,
}

/// The version of HTTP of a connection.
///
/// <https://fetch.spec.whatwg.org/#concept-connection>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HttpVersion {
    /// HTTP/1.0 or HTTP/1.1, which cannot send a stream.
    Http1,
    /// HTTP/2 or HTTP/3.
    #[default]
    Http2OrLater,
}

/// The storage access status of a page: whether it has access to the cookies of another site, outside of its partition.
///
/// <https://privacycg.github.io/storage-access-headers/>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StorageAccess {
    /// The user has not granted it.
    None,
    /// The user has granted it, and the page does not use it.
    Inactive,
    /// The page uses it.
    Active,
}

impl StorageAccess {
    /// The value of `Sec-Fetch-Storage-Access`.
    pub const fn as_str(self) -> &'static str {
        match self {
            StorageAccess::None => "none",
            StorageAccess::Inactive => "inactive",
            StorageAccess::Active => "active",
        }
    }
}

impl fmt::Display for StorageAccess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The browser and the page of a fetch.
///
/// A later version may have more fields: end it with `..Environment::new(profile)`.
///
/// <https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object>
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct Environment<'a> {
    /// The browser.
    pub profile: &'a Profile,
    /// The network partition key, as text of the caller's choice.
    pub partition: &'a str,
    /// The page's policy for the resources that it embeds.
    pub embedder_policy: EmbedderPolicy,
    /// Which origins are same site.
    pub same_site: &'a dyn SameSite,
    /// Parses a `Location` against a URL. Only profiles of browsers that read `Location` earlier than the standard call it.
    /// `parse_location` (feature `url`) implements it.
    pub parse_location: ParseLocation,
    /// The global object that fetches.
    pub global_object: GlobalObject,
    /// The version of HTTP that the servers speak.
    pub http_version: HttpVersion,
    /// The storage access status at other sites, in a browser that sends it: Chromium since 133, Firefox since 147.
    pub storage_access: Option<StorageAccess>,
}

impl<'a> Environment<'a> {
    /// A browser with this profile, one partition, and a window of a page without an embedder policy. Each host is a
    /// site, servers use HTTP/2, and there is no storage access status.
    pub const fn new(profile: &'a Profile) -> Self {
        Environment {
            profile,
            partition: "",
            embedder_policy: EmbedderPolicy::UnsafeNone,
            same_site: &HostIsSite,
            parse_location: |_, _, _| LocationParses::Yes,
            global_object: GlobalObject::Window,
            http_version: HttpVersion::Http2OrLater,
            storage_access: None,
        }
    }
}

/// The storage access status that is sent with a request: only to another site, and with credentials.
///
/// <https://privacycg.github.io/storage-access-headers/#sec-fetch-storage-access-header>
pub(super) fn storage_access(request: &Request<'_>, environment: Environment<'_>) -> Option<StorageAccess> {
    environment.storage_access.filter(|_| {
        request.credentials_mode() == CredentialsMode::Include
            && !environment.same_site.same_site(request.origin(), request.current_url().origin())
    })
}

/// Parses the value of a `Location` against a URL, and calls the callback with the URL if it is valid.
pub type ParseLocation = fn(Url<'_>, CombinedValue<'_>, &mut dyn FnMut(Url<'_>)) -> LocationParses;

/// Whether a `Location` is a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum LocationParses {
    /// It is, or the environment has no parser.
    Yes,
    /// It is not.
    No,
}

impl fmt::Debug for Environment<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Environment")
            .field("profile", &self.profile.name)
            .field("partition", &self.partition)
            .field("embedder_policy", &self.embedder_policy)
            .field("global_object", &self.global_object)
            .field("http_version", &self.http_version)
            .field("storage_access", &self.storage_access)
            .finish_non_exhaustive()
    }
}
