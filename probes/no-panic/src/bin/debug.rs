//! The output of `{:?}`.
#![no_std]
#![no_main]
use no_panic::*;

program!({
    if let (Some(request), Some(response)) = (request(), response()) {
        write_debug(request);
        write_debug(response);
    }
});
