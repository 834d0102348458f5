//! Random patterns, and random origins that match or nearly match them.

use super::Rng;

impl Rng {
    /// A host: usually a name, sometimes an address.
    pub fn host(&mut self) -> String {
        if self.below(8) == 0 {
            return self.pick(&["127.0.0.1", "[::1]", "[2001:db8::1]", "localhost", "10.0.0.2"]).into();
        }
        let labels = ["a", "b", "example", "com", "evil", "co", "uk", "a-b", "a_b", "xn--bcher-kva"];
        let mut host: Vec<&str> = (0..=self.below(3)).map(|_| self.pick(&labels)).collect();
        host.push(self.pick(&["com", "example", "net"]));
        host.join(".")
    }

    /// A valid pattern.
    pub fn pattern(&mut self) -> String {
        let scheme = self.pick(&["https", "https", "http", "tauri", "chrome-extension"]);
        let host = self.host();
        let address = host.starts_with(|c: char| c.is_ascii_digit() || c == '[') || !host.contains('.');
        let wildcard = match self.below(12) {
            0..6 if !address => "*.",
            6 if !address => "app-*.",
            7 if !address => "*-team.",
            8 if !address => "a*b.",
            _ => "",
        };
        if !scheme.starts_with("http") && self.below(4) == 0 {
            return format!("{scheme}://*");
        }
        let port = self.pick(&["", "", "", ":8080", ":3000", ":*"]);
        format!("{scheme}://{wildcard}{host}{port}")
    }

    /// An origin that this pattern matches, or nearly matches.
    pub fn origin_near(&mut self, pattern: &str) -> String {
        let label =
            self.pick(&["a.", "a.b.", "", "evil", "-.", "..", "A.", "x_y.", "\u{fc}.", "a b.", "u@", "a/", "www."]);
        let port = self.pick(&["", ":1", ":65535", ":65536", ":080", ":443", ":80", ":8080", ":x", ":"]);
        let part = self.pick(&[
            "7",
            "42",
            "pr-1",
            "a-b",
            "x_y",
            "-",
            "preview",
            "0",
            "",
            "a.b",
            ".",
            "A",
            "*",
            "u@",
            "evil.example",
        ]);
        let mut origin = pattern.replacen(":*", port, 1);
        origin = if origin.contains("://*.") { origin.replacen("*.", label, 1) } else { origin.replacen('*', part, 1) };
        match self.below(14) {
            0 => origin.push_str(".evil.net"),
            1 => origin.push('.'),
            2 => origin.push('/'),
            3 => origin = origin.to_uppercase(),
            4 => origin.push_str(port),
            5 => origin = origin.replacen("://", "://evil", 1),
            6 => origin = origin.replacen("https", "http", 1),
            7 => drop(origin.pop()),
            8 => origin = origin.replacen("://", "://user:pass@", 1),
            9 if origin.is_ascii() => origin.insert(self.below(origin.len() + 1).min(12), 'x'),
            10 => origin = origin.replacen("://", &format!("://{}.", "a".repeat(self.below(300))), 1),
            _ => {}
        }
        origin
    }
}
