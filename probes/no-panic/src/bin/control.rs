//! Panics, so it must not link: else the check checks nothing.
#![no_std]
#![no_main]
use no_panic::*;

program!({
    keep(bytes()[number()]);
});
