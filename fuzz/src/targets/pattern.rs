use fetch_cors::server::{OriginPattern, PolicyConfig};

use testkit::oracle::{origin_pattern::matches, valid_origin_pattern::is_pattern};

/// Lines of patterns, and the last of an origin: alone, and as a set.
pub fn run(data: &[u8]) {
    let mut lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let origin = lines.pop().unwrap_or_default();
    let text = core::str::from_utf8(origin).ok();
    let patterns = lines.into_iter().filter_map(|line| core::str::from_utf8(line).ok());
    let (patterns, faulty): (Vec<&str>, Vec<&str>) = patterns.partition(|pattern| is_pattern(pattern));
    for pattern in faulty {
        assert!(OriginPattern::new(pattern).fault().is_some(), "{pattern} is faulty");
        assert!(!OriginPattern::new(pattern).matches(origin));
    }
    for pattern in &patterns {
        assert_eq!(OriginPattern::new(pattern).fault(), None, "{pattern}");
        let expected = text.is_some_and(|origin| matches(pattern, origin));
        assert_eq!(OriginPattern::new(pattern).matches(origin), expected, "{pattern} {origin:?}");
    }
    // Of those with a danger, a policy wants it spelled out; without credentials it is `null` alone.
    let patterns: Vec<&str> = patterns.into_iter().filter(|pattern| *pattern != "null").collect();
    let Ok(policy) = PolicyConfig::new(patterns.iter().copied()).build() else { return assert!(patterns.is_empty()) };
    let expected = text.is_some_and(|origin| patterns.iter().any(|pattern| matches(pattern, origin)));
    assert_eq!(policy.allows_origin(origin), expected, "{patterns:?} {origin:?}");
}
