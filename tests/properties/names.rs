//! Header names compared with `unicase`, which compares text without regard to ASCII case: equality and hashes of two
//! names, and the order in which a policy sends its list.

use std::{
    cmp::Ordering,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

use fetch_cors::header::HeaderName;
use proptest::prelude::*;
use unicase::UniCase;

/// Names that are often equal except for case, or nearly equal.
fn names() -> impl Strategy<Value = String> {
    prop_oneof!["[xX]-[aAbB_^`|~]{1,3}", "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}", "(?i)content-type", "(?i)authorization"]
}

proptest! {
    #![proptest_config(super::config(2_000))]

    #[test]
    fn header_names_compare_and_hash_as_unicase_does(left in names(), right in names()) {
        let oracle = UniCase::ascii(left.as_str()).cmp(&UniCase::ascii(right.as_str()));
        let (left, right) = (HeaderName::new(&left).unwrap(), HeaderName::new(&right).unwrap());
        prop_assert_eq!(left.cmp(&right), oracle);
        prop_assert_eq!(left == right, oracle == Ordering::Equal);
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        prop_assert!(left != right || hasher.hash_one(left) == hasher.hash_one(right));
    }
}

#[cfg(feature = "config")]
proptest! {
    #![proptest_config(super::config(200))]

    #[test]
    fn an_owned_policy_lists_header_names_in_the_order_of_unicase(mut given in prop::collection::vec(names(), 1..20)) {
        use fetch_cors::{header::{Headers, PairSink}, server::{Decision, MAX_ANSWER_LINES, PolicyConfig}};

        given.retain(|name| name != "*");
        given.sort_by(|left, right| UniCase::ascii(left).cmp(&UniCase::ascii(right)));
        given.dedup_by(|left, right| UniCase::ascii(&*left) == UniCase::ascii(&*right));
        let expected = given.iter().map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>().join(", ");
        given.reverse();
        let Ok(policy) = PolicyConfig::new(["https://app.example"]).request_headers(given).build() else { return Ok(()) };
        let request: [(&str, &[u8]); 2] = [("origin", b"https://app.example"), ("access-control-request-method", b"PUT")];
        let decision = policy.decide("OPTIONS", Headers::from_pairs(&request));
        prop_assert!(matches!(decision, Decision::AnswerPreflight(_)));
        let mut lines = [("", &b""[..]); MAX_ANSWER_LINES];
        let mut sink = PairSink::new(&mut lines);
        decision.write(&mut sink).unwrap();
        let sent = sink.pairs().iter().find(|(name, _)| name.eq_ignore_ascii_case("access-control-allow-headers"));
        prop_assert_eq!(sent.map(|(_, value)| *value).unwrap_or_default(), expected.as_bytes());
    }
}
