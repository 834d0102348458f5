use std::sync::LazyLock;

use fetch_cors::{header::Headers, server::OwnedPolicy};
use http::{HeaderMap, HeaderName, HeaderValue};

use testkit::compare::{Lines, pairs};

use crate::{
    config::Plain,
    decided::{Decides, answer, elements, obeys},
    text,
};

/// The policies, from a file of lines.
static POLICIES: LazyLock<Vec<OwnedPolicy>> = LazyLock::new(|| {
    let policies = include_str!("../policies.txt").split("\n\n");
    policies.map(|policy| Plain::parse(policy).config().build().expect("it is valid")).collect()
});

/// A method and header lines; after an empty line, the header lines of the response. All policies answer it, through
/// pairs and through header maps. The answers must agree and have the properties of every answer.
pub fn run(data: &[u8]) {
    let mut blocks = text::blocks(data);
    let Some(asked) = blocks.next() else { return };
    let before = blocks.next().map(|block| block.lines).unwrap_or_default();
    let (method, request) = (asked.method(), &asked.lines);
    let maps = map(request).zip(map(&before));
    for policy in POLICIES.iter() {
        let (_, own) = answer(Decides::Owned(policy), method, request, &Vec::new());
        obeys(policy.caching(), request, &own);
        let (reported, list) = answer(Decides::Owned(policy), method, request, &before);
        let count = list.iter().filter(|header| header.0.eq_ignore_ascii_case(b"access-control-allow-origin")).count();
        assert!(count <= 1, "{list:?}");
        if let Some((request, mut response)) = maps.clone() {
            assert_eq!(Decides::Owned(policy).write(method, Headers::from(&request), &mut response), reported);
            let lines = response.iter().map(|(name, value)| (name.as_str().as_bytes().to_vec(), value.as_bytes().to_vec()));
            assert_eq!(elements(&lines.collect::<Vec<_>>()), elements(&list));
        }
    }
}

/// The header map, if it can hold these lines.
fn map(lines: &Lines) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in pairs(lines) {
        map.append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value).ok()?);
    }
    Some(map)
}
