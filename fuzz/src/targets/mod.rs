//! One target a file.

macro_rules! targets {
    ($($(#[$attribute:meta])* $name:ident;)*) => {
        $($(#[$attribute])* pub mod $name;)*

        /// All targets by name.
        pub const TARGETS: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name::run),)*];
    };
}

targets! {
    /// The two halves against each other.
    agreement;
    /// Any request, answered by some policies into any response.
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
    /// What people paste.
    pasted;
    /// Origin patterns, and sets of them.
    pattern;
    /// Policies of any configuration.
    policy;
    /// Policies of any JSON.
    policy_json;
    /// The response to a preflight.
    preflight_response;
    /// `Range`.
    range;
    /// What a page asks for.
    request;
    /// The headers that a page gives.
    request_headers;
    /// The response to a request.
    response;
    /// The seeds of all other targets, changed.
    vectors;
}
