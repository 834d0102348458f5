//! The texts of names, values, methods, origins and URLs, and of their errors.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::{
    browser::{
        Url,
        filter::ResponseType,
        request::{CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode, ResponseTainting},
        response::Status,
    },
    header::{CapacityError, HeaderName, check_header_value},
    method::Method,
    origin::Origin,
};
use no_panic::*;

program!({
    match HeaderName::new(text()) {
        Ok(name) => {
            write(name);
            write(name.lowercase());
            headers().get(name).map(write);
            headers().extract(name).err().map(write);
            headers().extract_single(name).err().map(write);
        }
        Err(error) => write(error),
    }
    check_header_value(bytes()).err().map(write);
    text().parse::<RequestMode>().err().map(write);
    write(black_box(CapacityError));
    match Method::new(text()) {
        Ok(method) => write(method),
        Err(error) => write(error),
    }
    match Origin::parse(text()) {
        Ok(origin) => write(origin),
        Err(error) => write(error),
    }
    match Url::new(text()) {
        Ok(url) => write(url),
        Err(error) => write(error),
    }
    match Status::new(black_box(0)) {
        Ok(status) => write(status),
        Err(error) => write(error),
    }
    write(black_box(ResponseType::Basic));
    write(black_box(RequestMode::Cors));
    write(black_box(CredentialsMode::Omit));
    write(black_box(RedirectMode::Follow));
    write(black_box(ReferrerPolicy::Empty));
    write(black_box(ResponseTainting::Cors));
});
