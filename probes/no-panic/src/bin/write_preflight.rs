//! The header values of a preflight.
#![no_std]
#![no_main]
use fetch_cors::browser::{preflight::preflight_request, safelist::cors_unsafe_request_header_names};
use no_panic::*;

program!({
    if let Some(request) = request() {
        write(cors_unsafe_request_header_names(request.headers(), profile()));
        for (_, value) in preflight_request(&request, profile()).headers() {
            write(value);
        }
    }
});
