//! The meaning of a pasted line of a console.
#![no_std]
#![no_main]
use fetch_cors::browser::known_message;
use no_panic::*;

program!({
    if let Some(message) = known_message(text()) {
        keep(message.fix());
        keep_all(message.hints());
    }
});
