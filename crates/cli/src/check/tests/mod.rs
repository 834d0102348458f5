//! Tests of `cors check`, with a transport that is no network.
