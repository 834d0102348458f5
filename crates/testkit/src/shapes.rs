//! Shapes of the patterns of a large policy, for tests and benchmarks of the index.

/// Patterns of one shape, with origins that they match and origins that they nearly match.
#[derive(Clone, Copy)]
pub struct Shape {
    pub name: &'static str,
    /// The pattern with this number.
    pub pattern: fn(usize) -> String,
    /// An origin that the pattern with this number matches.
    pub listed: fn(usize) -> String,
    /// An origin of the same form that no pattern of the shape matches.
    pub stranger: fn(usize) -> String,
}

/// The numbers of such origins start here. No policy has as many patterns.
const STRANGERS: usize = 5_000_000;

/// A number in letters. The first letter changes fastest.
fn letters(mut number: usize, width: usize) -> String {
    let mut letters = String::with_capacity(width);
    for _ in 0..width {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    letters
}

/// A number in hexadecimal digits that look random.
fn digits(number: usize) -> String {
    format!("{:016x}", (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Up to sixty labels.
fn depth(number: usize) -> String {
    "n.".repeat(number % 60)
}

macro_rules! shape {
    ($name:literal, $number:ident => $pattern:expr, $listed:expr) => {
        Shape {
            name: $name,
            pattern: |$number| $pattern,
            listed: |$number| $listed,
            stranger: |number| {
                let $number = number + STRANGERS;
                $listed
            },
        }
    };
}

pub const ALL: &[Shape] = &[
    shape!("tenants of 5 letters", n => format!("https://*.{}.tenants.example.com", letters(n, 5)),
        format!("https://a.{}.tenants.example.com", letters(n, 5))),
    shape!("tenants of 6 letters", n => format!("https://*.{}.tenants.example.com", letters(n, 6)),
        format!("https://a.{}.tenants.example.com", letters(n, 6))),
    shape!("tenants of 8 letters", n => format!("https://*.{}.myshop.example", letters(n, 8)),
        format!("https://a.b.{}.myshop.example", letters(n, 8))),
    shape!("tenants of 12 letters", n => format!("https://*.{}.myshop.example", letters(n, 12)),
        format!("https://a.{}.myshop.example", letters(n, 12))),
    shape!("numbered customers", n => format!("https://*.c{n:07}.cloud.example.com"),
        format!("https://eu.c{n:07}.cloud.example.com")),
    shape!("numbered customers on any port", n => format!("https://*.c{n:07}.cloud.example.com:*"),
        format!("https://eu.c{n:07}.cloud.example.com:{}", 1000 + n % 9)),
    shape!("tenants on any port", n => format!("https://{}.tenants.example.com:*", letters(n, 6)),
        format!("https://{}.tenants.example.com", letters(n, 6))),
    shape!("exact origins by scheme", n => format!("{}x://app.example", letters(n, 7)),
        format!("{}x://app.example", letters(n, 7))),
    shape!("wildcards by scheme", n => format!("{}x://*.app.example", letters(n, 7)),
        format!("{}x://a.app.example", letters(n, 7))),
    shape!("exact origins by port", n => format!("https://h{:05}.example:{}", n / 50_000, 10_000 + n % 50_000),
        format!("https://h{:05}.example:{}", n / 50_000, 10_000 + n % 50_000)),
    shape!("wildcards by port", n => format!("https://*.h{:05}.example:{}", n / 50_000, 10_000 + n % 50_000),
        format!("https://a.h{:05}.example:{}", n / 50_000, 10_000 + n % 50_000)),
    shape!("exact origins of one length", n => format!("https://{}.example", digits(n)),
        format!("https://{}.example", digits(n))),
    shape!("long common prefixes", n => format!("https://{0}.{0}.{0}.c{n:07}.example", "p".repeat(60)),
        format!("https://{0}.{0}.{0}.c{n:07}.example", "p".repeat(60))),
    shape!("long common suffixes", n => format!("https://{}.{1}.{1}.{1}.example", letters(n, 7), "s".repeat(60)),
        format!("https://{}.{1}.{1}.{1}.example", letters(n, 7), "s".repeat(60))),
    shape!("wildcards over long common suffixes",
        n => format!("https://*.{}.{1}.{1}.{1}.example", letters(n, 7), "s".repeat(60)),
        format!("https://a.{}.{1}.{1}.{1}.example", letters(n, 7), "s".repeat(60))),
    shape!("wildcards of sixty depths", n => format!("https://*.c{n:07}.{}example", depth(n)),
        format!("https://a.c{n:07}.{}example", depth(n))),
    shape!("previews of tenants", n => format!("https://{}-*.previews.example.com", letters(n, 6)),
        format!("https://{}-42.previews.example.com", letters(n, 6))),
    shape!("previews of teams", n => format!("https://app-*-{}.previews.example.com", letters(n, 8)),
        format!("https://app-42-{}.previews.example.com", letters(n, 8))),
    shape!("previews of tenants and teams on any port",
        n => format!("https://{}-*-{}.previews.example.com:*", letters(n, 3 + n % 4), letters(n, 5)),
        format!("https://{}-42-{}.previews.example.com:3000", letters(n, 3 + n % 4), letters(n, 5))),
    shape!("previews of many parents", n => format!("https://app-*.c{n:07}.example.com"),
        format!("https://app-42.c{n:07}.example.com")),
    shape!("any host of many schemes", n => format!("{}x://*", letters(n, 7)),
        format!("{}x://abcdef", letters(n, 7))),
    shape!("one pattern repeated", n => format!("https://*.{}.example", n / STRANGERS),
        format!("https://a.{}.example", n / STRANGERS)),
    shape!("mixed", n => match n % 6 {
        0 => format!("https://app-{n:07}.example"),
        1 => format!("https://*.{}.tenants.example.com", letters(n, 6)),
        2 => format!("http://{}.local:*", letters(n, 8)),
        3 => format!("{}x://*.app.example:*", letters(n, 6)),
        4 => format!("https://{}-*.previews.example.com", letters(n, 6)),
        _ => format!("https://{}.example:8443", digits(n)),
    },
    match n % 6 {
        0 => format!("https://app-{n:07}.example"),
        1 => format!("https://a.{}.tenants.example.com", letters(n, 6)),
        2 => format!("http://{}.local:3000", letters(n, 8)),
        3 => format!("{}x://a.b.app.example", letters(n, 6)),
        4 => format!("https://{}-7.previews.example.com", letters(n, 6)),
        _ => format!("https://{}.example:8443", digits(n)),
    }),
];
