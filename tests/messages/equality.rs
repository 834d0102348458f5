//! Equal values have equal hashes, and different values differ.

use core::hash::{BuildHasher, Hash};
use std::{collections::HashSet, hash::RandomState};

use fetch_cors::{
    header::{HeaderName, Headers},
    method::Method,
};

/// Checks that each value equals only itself, and has a hash of its own.
#[track_caller]
fn differ<T: Copy + Eq + Hash>(values: &[T]) {
    let set: HashSet<T> = values.iter().copied().collect();
    assert_eq!(set.len(), values.len());
    let hashes = RandomState::new();
    let of: HashSet<u64> = values.iter().map(|value| hashes.hash_one(value)).collect();
    assert_eq!(of.len(), values.len());
}

#[track_caller]
fn agree<T: Copy + Eq + Hash>(values: &[T]) {
    let set: HashSet<T> = values.iter().copied().collect();
    assert_eq!(set.len(), 1);
    assert!(values.iter().all(|value| set.contains(value)));
}

#[test]
fn header_names_are_equal_and_hash_without_regard_to_case() {
    let name = |name| HeaderName::new(name).unwrap();
    agree(&[name("vary"), name("Vary"), name("VARY"), HeaderName::VARY]);
    differ(&[name("vary"), name("var"), name("varyy"), name("range"), name("x-a"), name("x_a"), name("-xa")]);
    // In a tuple, the end of each name is part of the hash.
    differ(&[(name("a"), name("bc")), (name("ab"), name("c"))]);
    assert!(name("Accept") < name("content-type") && name("accept") < name("Content-Type"));
}

#[test]
fn methods_are_equal_and_hash_with_case() {
    let method = |method| Method::new(method).unwrap();
    agree(&[method("PUT"), Method::PUT]);
    differ(&[Method::PUT, method("put"), method("PATCH")]);
}

#[test]
fn combined_values_are_equal_by_bytes_whatever_the_lines() {
    let name = HeaderName::VARY;
    let one: [(&str, &[u8]); 1] = [("vary", b"a, b")];
    let two: [(&str, &[u8]); 2] = [("Vary", b"a"), ("VARY", b" b ")];
    let (one, two) = (Headers::from_pairs(&one), Headers::from_pairs(&two));
    assert_eq!(one.get(name), two.get(name));
    assert_ne!(one.get(name), Headers::from_pairs(&[("vary", &b"a, B"[..])]).get(name));
    assert!(two.get(name).is_some_and(|value| value == *b"a, b" && value != *b"a,b" && value != *b"a, B"));
}

#[cfg(feature = "browser")]
#[test]
fn urls_are_equal_byte_for_byte() {
    use fetch_cors::browser::Url;
    let url = |url| Url::new(url).unwrap();
    let copy = "https://a.example/x".to_owned();
    agree(&[url("https://a.example/x"), url(&copy)]);
    assert_ne!(url("https://a.example/x"), url("https://a.example/X"));
    differ(&[
        url("https://a.example/x"),
        url("https://a.example/X"),
        url("https://a.example/x#"),
        url("http://a.example/x"),
        url("https://a.example:444/x"),
    ]);
}

#[cfg(feature = "config")]
#[test]
fn values_of_a_const_and_of_an_owned_policy_are_the_same_text() {
    use fetch_cors::header::{HeaderSink, ValueRef};
    use fetch_cors::server::{OriginPattern, Policy, PolicyConfig};

    #[derive(Default)]
    struct Values(Vec<(String, String)>);

    impl HeaderSink for Values {
        type Error = core::convert::Infallible;

        fn for_each_line(&self, _: &mut dyn FnMut(&str, &[u8])) {}

        fn remove(&mut self, _: &[HeaderName<'static>]) -> Result<(), Self::Error> {
            Ok(())
        }

        fn append(&mut self, _: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), Self::Error> {
            self.0.push((value.to_string(), format!("{value:?}")));
            Ok(())
        }
    }

    let patterns = [OriginPattern::new("https://app.example")];
    let borrowed = Policy::builder(&patterns).exposed_headers("etag").credentials().build().unwrap();
    let owned = PolicyConfig::new(["https://app.example"]).exposed_headers(["etag"]).credentials().build().unwrap();
    let (mut one, mut other) = (Values::default(), Values::default());
    borrowed.decide("GET", Headers::EMPTY).write(&mut one).unwrap();
    owned.decide("GET", Headers::EMPTY).write(&mut other).unwrap();
    assert_eq!(one.0, other.0);
    let texts = ["https://app.example", "true", "etag"].map(|text| (text.to_owned(), format!("\"{text}\"")));
    assert_eq!(one.0, texts);
}
