//! International domains in the form that browsers send.

use crate::grammar::const_bytes as bytes;

/// A label of a domain, as code points.
struct Label {
    points: [u32; Label::LIMIT],
    length: usize,
}

/// A host with its international labels in their `xn--` form.
#[derive(Clone, Copy)]
pub(super) struct AsciiHost {
    text: [u8; AsciiHost::LIMIT],
    length: usize,
}

impl AsciiHost {
    const LIMIT: usize = 253;

    /// Encodes the labels of a host that have letters outside of ASCII; `None` if a letter cannot be encoded here.
    ///
    /// <https://url.spec.whatwg.org/#concept-domain-to-ascii>
    // AD-HOC: for messages. Encodes only letters that map without a table: Latin, Greek, Cyrillic, kana, Hangul and Han.
    pub(super) const fn of(host: &[u8]) -> Option<Self> {
        let mut encoded = AsciiHost { text: [0; AsciiHost::LIMIT], length: 0 };
        let mut rest = host;
        loop {
            let Some((label, tail)) = Label::decode(rest) else { return None };
            if !encoded.push_label(label.as_slice()) {
                return None;
            }
            match tail {
                Some(tail) => {
                    encoded.push(b'.');
                    rest = tail;
                }
                None => break,
            }
        }
        if encoded.length > AsciiHost::LIMIT { None } else { Some(encoded) }
    }

    pub(super) const fn as_bytes(&self) -> &[u8] {
        bytes::split_at(&self.text, self.length).0
    }

    const fn push(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.text.split_at_mut_checked(self.length) {
            *slot = byte;
        }
        self.length += 1;
    }

    /// Appends a label; returns whether it is short enough.
    ///
    /// <https://www.rfc-editor.org/rfc/rfc3492#section-6.3>
    const fn push_label(&mut self, points: &[u32]) -> bool {
        let start = self.length;
        let basic = count_below(points, 0x80);
        let is_international = (basic as usize) < points.len();
        if is_international {
            self.push(b'x');
            self.push(b'n');
            self.push(b'-');
            self.push(b'-');
        }
        let mut rest = points;
        while let [point, tail @ ..] = rest {
            if *point < 0x80 {
                self.push(low_byte(*point));
            }
            rest = tail;
        }
        if is_international && basic > 0 {
            self.push(b'-');
        }
        let (mut next, mut delta, mut bias, mut handled) = (0x80_u32, 0_u32, 72_u32, basic);
        let mut left = points.len() - basic as usize;
        while left > 0 {
            let smallest = smallest_from(points, next);
            delta += (smallest - next) * (handled + 1);
            next = smallest;
            let mut rest = points;
            while let [point, tail @ ..] = rest {
                if *point < next {
                    delta += 1;
                }
                if *point == next {
                    self.push_number(delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled += 1;
                    left -= 1;
                }
                rest = tail;
            }
            delta += 1;
            next += 1;
        }
        self.length - start <= 63
    }

    /// Appends a number of variable length.
    const fn push_number(&mut self, number: u32, bias: u32) {
        let (mut rest, mut position) = (number, 36);
        loop {
            let threshold = if position <= bias {
                1
            } else if position >= bias + 26 {
                26
            } else {
                position - bias
            };
            if rest < threshold {
                break;
            }
            let quotient = divided(rest - threshold, 36 - threshold);
            self.push(digit(rest - quotient * (36 - threshold)));
            rest = quotient;
            position += 36;
        }
        self.push(digit(rest));
    }
}

impl Label {
    const LIMIT: usize = 63;

    const fn as_slice(&self) -> &[u32] {
        match self.points.split_at_checked(self.length) {
            Some((points, _)) => points,
            None => &[],
        }
    }

    /// The first label of a host in lower case, and the text after its dot.
    const fn decode(host: &[u8]) -> Option<(Self, Option<&[u8]>)> {
        let mut label = Label { points: [0; Label::LIMIT], length: 0 };
        let mut rest = host;
        loop {
            let (point, tail) = match rest {
                [] => return Some((label, None)),
                // U+3002 is a dot too.
                [b'.', tail @ ..] | [0xE3, 0x80, 0x82, tail @ ..] => return Some((label, Some(tail))),
                [byte @ 0..=0x7F, tail @ ..] => (*byte as u32, tail),
                [first @ 0xC2..=0xDF, second, tail @ ..] => ((*first as u32 & 0x1F) << 6 | *second as u32 & 0x3F, tail),
                [first @ 0xE0..=0xEF, second, third, tail @ ..] => {
                    let high = (*first as u32 & 0xF) << 12 | (*second as u32 & 0x3F) << 6;
                    (high | *third as u32 & 0x3F, tail)
                }
                _ => return None,
            };
            let (Some(point), Some((_, [slot, ..]))) =
                (lowercase(point), label.points.split_at_mut_checked(label.length))
            else {
                return None;
            };
            *slot = point;
            label.length += 1;
            rest = tail;
        }
    }
}

/// The letter as it is written in a domain, if no table is needed to map it.
const fn lowercase(point: u32) -> Option<u32> {
    match point {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3A9 | 0x410..=0x42F => Some(point + 0x20),
        0x400..=0x40F => Some(point + 0x50),
        // Pairs of an upper-case and a lower-case letter. Other letters in these blocks map differently.
        0x100..=0x12F | 0x134..=0x137 | 0x14A..=0x177 => Some(point | 1),
        0x139..=0x13E | 0x141..=0x148 | 0x179..=0x17E => Some(point + point % 2),
        0..=0x40
        | 0x5B..=0x7F
        | 0xDF..=0xF6
        | 0xF8..=0xFF
        | 0x3B1..=0x3C9
        | 0x430..=0x45F
        | 0x3041..=0x3096
        | 0x30A1..=0x30FA
        | 0x30FC
        | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7A3 => Some(point),
        _ => None,
    }
}

const fn count_below(mut points: &[u32], limit: u32) -> u32 {
    let mut count = 0;
    while let [point, rest @ ..] = points {
        if *point < limit {
            count += 1;
        }
        points = rest;
    }
    count
}

const fn smallest_from(mut points: &[u32], start: u32) -> u32 {
    let mut smallest = u32::MAX;
    while let [point, rest @ ..] = points {
        if *point >= start && *point < smallest {
            smallest = *point;
        }
        points = rest;
    }
    smallest
}

/// <https://www.rfc-editor.org/rfc/rfc3492#section-6.1>
const fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += divided(delta, count);
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + divided(36 * delta, delta + 38)
}

/// The quotient. No divisor is zero; the division is checked so that no panic is linked.
const fn divided(number: u32, divisor: u32) -> u32 {
    match number.checked_div(divisor) {
        Some(quotient) => quotient,
        None => 0,
    }
}

const fn digit(value: u32) -> u8 {
    if value < 26 { b'a' + low_byte(value) } else { b'0' - 26 + low_byte(value) }
}

#[allow(clippy::cast_possible_truncation, reason = "it is below 128")]
const fn low_byte(value: u32) -> u8 {
    value as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn international_labels_are_written_as_browsers_send_them() {
        for (host, expected) in [
            ("m\u{fc}nchen.example", "xn--mnchen-3ya.example"),
            ("M\u{dc}NCHEN.Example", "xn--mnchen-3ya.example"),
            ("b\u{fc}cher.de", "xn--bcher-kva.de"),
            ("stra\u{df}e.de", "xn--strae-oqa.de"),
            ("\u{65e5}\u{672c}\u{8a9e}.jp", "xn--wgv71a119e.jp"),
            ("\u{4f8b}\u{3048}.\u{30c6}\u{30b9}\u{30c8}", "xn--r8jz45g.xn--zckzah"),
            ("\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{418}\u{421}\u{41f}", "xn--e1afmkfd.xn--h1aof"),
            ("\u{17c}\u{f3}\u{142}w.pl", "xn--w-uga1v8h.pl"),
            ("a\u{3002}example", "a.example"),
            ("a.example", "a.example"),
        ] {
            assert_eq!(
                AsciiHost::of(host.as_bytes()).map(|it| it.as_bytes().to_vec()),
                Some(expected.into()),
                "{host}"
            );
        }
    }

    #[test]
    fn international_host_that_needs_unicode_tables_is_not_encoded() {
        for host in ["\u{5d0}.example", "e\u{301}.example", "\u{1f600}.example", "\u{ff41}.example", "\u{200d}.example"]
        {
            assert!(AsciiHost::of(host.as_bytes()).is_none(), "{host}");
        }
        assert!(AsciiHost::of("\u{65e5}".repeat(64).as_bytes()).is_none());
    }
}
