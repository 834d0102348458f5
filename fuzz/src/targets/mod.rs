//! Each target has a file of its own.

macro_rules! targets {
    ($($(#[$attribute:meta])* $name:ident;)*) => {
        $($(#[$attribute])* pub mod $name;)*

        /// All targets by name.
        pub const TARGETS: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name::run),)*];
    };
}

targets! {
    /// The two halves compared with each other.
    agreement;
    /// Any request, answered by some policies, into any response.
    decide;
    /// Whole fetches: any requests, any responses.
    driver;
    /// Tokens, values and lists.
    grammar;
    /// HAR files, and the fetches in them.
    har;
    /// Matrices of pages and fetches in TOML.
    matrix;
    /// `Content-Type`.
    mime;
    /// `Origin`, origins and URLs.
    origin;
    /// Pasted text of any kind.
    pasted;
    /// Origin patterns, and sets of them.
    pattern;
    /// Policies with any configuration.
    policy;
    /// Policies in any JSON.
    policy_json;
    /// The response to a preflight.
    preflight_response;
    /// `Range`.
    range;
    /// The request of a page.
    request;
    /// The headers that a page sets.
    request_headers;
    /// The response to a request.
    response;
    /// The seeds of all other targets, with changes.
    vectors;
}
