use fetch_cors::server::{OriginPattern, PolicyConfig};

use testkit::oracle::{origin_pattern::matches, valid_origin_pattern::is_pattern};

/// Lines of patterns, and a last line with an origin. The patterns are tested alone, and as a set.
pub fn run(data: &[u8]) {
    let mut lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let origin = lines.pop().unwrap_or_default();
    let text = core::str::from_utf8(origin).ok();
    let patterns = lines.into_iter().filter_map(|line| core::str::from_utf8(line).ok());
    let (patterns, faulty): (Vec<&str>, Vec<&str>) = patterns.partition(|pattern| is_pattern(pattern));
    for pattern in faulty {
        let faulty = OriginPattern::new(pattern);
        assert!(faulty.fault().is_some() && faulty.fault() == faulty.faults().next(), "{pattern} is faulty");
        assert!(faulty.suggestion().is_none_or(|suggestion| is_pattern(suggestion.as_str())), "{pattern}");
        assert!(!OriginPattern::new(pattern).matches(origin));
    }
    for pattern in &patterns {
        assert_eq!(OriginPattern::new(pattern).fault(), None, "{pattern}");
        let expected = text.is_some_and(|origin| matches(pattern, origin));
        assert_eq!(OriginPattern::new(pattern).matches(origin), expected, "{pattern} {origin:?}");
    }
    // Without credentials, only two patterns have a danger that a policy must spell out.
    let patterns: Vec<&str> = patterns.into_iter().filter(|pattern| !["null", "file://"].contains(pattern)).collect();
    let Ok(policy) = PolicyConfig::new(patterns.iter().copied()).build() else { return assert!(patterns.is_empty()) };
    let expected = text.is_some_and(|origin| patterns.iter().any(|pattern| matches(pattern, origin)));
    assert_eq!(policy.allows_origin(origin), expected, "{patterns:?} {origin:?}");
}
