//! The grammar of `Origin`, run rule by rule. Each rule returns all positions where it may end.

use std::collections::BTreeSet;

type Ends = BTreeSet<usize>;

/// A rule: maps a start position to all possible end positions.
type Rule<'r> = &'r dyn Fn(&[u8], usize) -> Ends;

/// `origin-or-null`
///
/// <https://fetch.spec.whatwg.org/#origin-header>
pub fn is_origin_or_null(value: &[u8]) -> bool {
    value == b"null" || serialized_origin(value, 0).contains(&value.len())
}

fn sequence(input: &[u8], start: usize, rules: &[Rule<'_>]) -> Ends {
    let then = |starts: Ends, rule: &Rule<'_>| starts.iter().flat_map(|start| rule(input, *start)).collect();
    rules.iter().fold(Ends::from([start]), then)
}

fn alternatives(input: &[u8], start: usize, rules: &[Rule<'_>]) -> Ends {
    rules.iter().flat_map(|rule| rule(input, start)).collect()
}

/// `minimum*maximum rule`
fn repeated(input: &[u8], start: usize, minimum: usize, maximum: usize, rule: Rule<'_>) -> Ends {
    let mut ends = Ends::new();
    let mut starts = Ends::from([start]);
    for count in 0..=maximum {
        if count >= minimum {
            ends.extend(&starts);
        }
        starts = starts.iter().flat_map(|start| rule(input, *start)).collect();
        if starts.is_empty() {
            break;
        }
    }
    ends
}

fn literal(input: &[u8], start: usize, text: &[u8]) -> Ends {
    input.get(start..).filter(|rest| rest.starts_with(text)).map(|_| start + text.len()).into_iter().collect()
}

fn one_of(input: &[u8], start: usize, bytes: &[u8]) -> Ends {
    input.get(start).filter(|byte| bytes.contains(byte)).map(|_| start + 1).into_iter().collect()
}

fn digit(input: &[u8], start: usize) -> Ends {
    one_of(input, start, b"0123456789")
}

fn dot(input: &[u8], start: usize) -> Ends {
    literal(input, start, b".")
}

fn colon(input: &[u8], start: usize) -> Ends {
    literal(input, start, b":")
}

fn two_colons(input: &[u8], start: usize) -> Ends {
    literal(input, start, b"::")
}

/// <https://fetch.spec.whatwg.org/#serialized-ipv4>
fn serialized_ipv4(input: &[u8], start: usize) -> Ends {
    sequence(input, start, &[&dec_octet, &dot, &dec_octet, &dot, &dec_octet, &dot, &dec_octet])
}

/// <https://fetch.spec.whatwg.org/#dec-octet>
fn dec_octet(input: &[u8], start: usize) -> Ends {
    alternatives(
        input,
        start,
        &[
            &digit,
            &|input, start| sequence(input, start, &[&|input, start| one_of(input, start, b"123456789"), &digit]),
            &|input, start| sequence(input, start, &[&|input, start| literal(input, start, b"1"), &digit, &digit]),
            &|input, start| {
                let two_to_four: Rule<'_> = &|input, start| one_of(input, start, b"01234");
                sequence(input, start, &[&|input, start| literal(input, start, b"2"), two_to_four, &digit])
            },
            &|input, start| {
                let to_five: Rule<'_> = &|input, start| one_of(input, start, b"012345");
                sequence(input, start, &[&|input, start| literal(input, start, b"25"), to_five])
            },
        ],
    )
}

/// <https://fetch.spec.whatwg.org/#h16>
fn h16(input: &[u8], start: usize) -> Ends {
    let hex: Rule<'_> = &|input, start| one_of(input, start, b"0123456789abcdef");
    let non_zero_hex: Rule<'_> = &|input, start| one_of(input, start, b"123456789abcdef");
    let zero: Rule<'_> = &|input, start| literal(input, start, b"0");
    let number: Rule<'_> = &|input, start| {
        let more: Rule<'_> = &|input, start| repeated(input, start, 0, 3, hex);
        sequence(input, start, &[non_zero_hex, more])
    };
    alternatives(input, start, &[zero, number])
}

fn h16_colon(input: &[u8], start: usize) -> Ends {
    sequence(input, start, &[&h16, &colon])
}

/// <https://fetch.spec.whatwg.org/#serialized-ipv6>
fn serialized_ipv6(input: &[u8], start: usize) -> Ends {
    // `[ *before( h16 ":" ) h16 ]`
    let front = |input: &[u8], start: usize, before: usize| -> Ends {
        let groups: Rule<'_> = &|input, start| repeated(input, start, 0, before, &h16_colon);
        let mut ends = sequence(input, start, &[groups, &h16]);
        ends.insert(start);
        ends
    };
    // `count( h16 ":" ) h16`
    let back = |input: &[u8], start: usize, count: usize| -> Ends {
        sequence(input, start, &[&|input, start| repeated(input, start, count, count, &h16_colon), &h16])
    };
    let mut ends = back(input, start, 7);
    ends.extend(sequence(input, start, &[&two_colons, &|input, start| back(input, start, 5)]));
    for before in 0..=4 {
        let front: Rule<'_> = &|input, start| front(input, start, before);
        let back: Rule<'_> = &|input, start| back(input, start, 4 - before);
        ends.extend(sequence(input, start, &[front, &two_colons, back]));
    }
    ends.extend(sequence(input, start, &[&|input, start| front(input, start, 5), &two_colons]));
    ends
}

fn lower_alphanum(input: &[u8], start: usize) -> Ends {
    one_of(input, start, b"abcdefghijklmnopqrstuvwxyz0123456789")
}

/// <https://fetch.spec.whatwg.org/#domain-label>
fn domain_label(input: &[u8], start: usize) -> Ends {
    let inner: Rule<'_> = &|input, start| {
        let byte: Rule<'_> = &|input, start| one_of(input, start, b"abcdefghijklmnopqrstuvwxyz0123456789-");
        repeated(input, start, 0, usize::MAX - 1, byte)
    };
    let long: Rule<'_> = &|input, start| sequence(input, start, &[&lower_alphanum, inner, &lower_alphanum]);
    alternatives(input, start, &[&lower_alphanum, long])
}

/// <https://fetch.spec.whatwg.org/#serialized-domain>
fn serialized_domain(input: &[u8], start: usize) -> Ends {
    let labels: Rule<'_> = &|input, start| {
        let label: Rule<'_> = &|input, start| sequence(input, start, &[&domain_label, &dot]);
        repeated(input, start, 0, usize::MAX - 1, label)
    };
    sequence(input, start, &[labels, &domain_label])
}

/// <https://fetch.spec.whatwg.org/#serialized-scheme>
fn serialized_scheme(input: &[u8], start: usize) -> Ends {
    let first: Rule<'_> = &|input, start| one_of(input, start, b"abcdefghijklmnopqrstuvwxyz");
    let rest: Rule<'_> = &|input, start| {
        let byte: Rule<'_> = &|input, start| one_of(input, start, b"abcdefghijklmnopqrstuvwxyz0123456789+-.");
        repeated(input, start, 0, usize::MAX - 1, byte)
    };
    sequence(input, start, &[first, rest])
}

/// <https://fetch.spec.whatwg.org/#serialized-host>
fn serialized_host(input: &[u8], start: usize) -> Ends {
    let address: Rule<'_> = &|input, start| {
        let (open, close): (Rule<'_>, Rule<'_>) =
            (&|input, start| literal(input, start, b"["), &|input, start| literal(input, start, b"]"));
        sequence(input, start, &[open, &serialized_ipv6, close])
    };
    alternatives(input, start, &[&serialized_ipv4, address, &serialized_domain])
}

/// <https://fetch.spec.whatwg.org/#serialized-origin>
fn serialized_origin(input: &[u8], start: usize) -> Ends {
    let slashes: Rule<'_> = &|input, start| literal(input, start, b"://");
    let port: Rule<'_> = &|input, start| {
        let digits: Rule<'_> = &|input, start| repeated(input, start, 1, 5, &digit);
        let mut ends = sequence(input, start, &[&colon, digits]);
        ends.insert(start);
        ends
    };
    sequence(input, start, &[&serialized_scheme, slashes, &serialized_host, port])
}
