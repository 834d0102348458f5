//! Has a panic path, so it must not link. If it links, the check proves nothing.
#![no_std]
#![no_main]
use no_panic::*;

program!({
    keep(bytes()[number()]);
});
