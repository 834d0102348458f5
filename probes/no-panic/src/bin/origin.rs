//! Origins and URLs.
#![no_std]
#![no_main]
use core::hash::{BuildHasher, BuildHasherDefault, Hasher};

use fetch_cors::origin::Origin;
use no_panic::*;

#[derive(Default)]
struct Sum(u64);

impl Hasher for Sum {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= bytes.iter().fold(0, |sum, byte| sum ^ u64::from(*byte));
    }
}

program!({
    keep(Origin::parse(text()).is_ok());
    if let (Some(origin), Some(other)) = (origin(), origin()) {
        keep((origin.is_opaque(), origin.scheme(), origin.host(), origin.port()));
        keep((origin == *text(), origin == other, origin.is_same_origin(other), origin.is_serialized_as(bytes())));
        keep_all(origin.serialized_bytes());
        keep(BuildHasherDefault::<Sum>::default().hash_one(origin));
    }
    if let (Some(url), Some(other)) = (url(), url()) {
        keep((url.as_str(), url.scheme(), url.credentials(), url.is_http(), url.without_fragment(), url.fragment()));
        keep(url.origin());
        keep(url == other);
        keep(BuildHasherDefault::<Sum>::default().hash_one(url));
    }
});
