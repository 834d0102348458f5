//! A file of checks, in TOML. All its mistakes are reported at once, each with its line, field, value, reason and fix.

use core::{fmt, ops::Range};

use fetch_cors::browser::request::CredentialsMode;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    args::header,
    finding::Code,
    plan::{Call, Check, Expectation, Place},
    transport::Line,
    visit::validate,
};

/// The content of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    pub checks: Vec<Check>,
    /// Patterns of origins that a probe may find allowed.
    pub allow: Vec<String>,
    /// Findings that are not reported.
    pub ignore: Vec<Code>,
}

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// Reads a file of checks.
pub fn parse(text: &str, file: &str) -> Result<Matrix, Vec<Mistake>> {
    let mut reader = Reader { text, file, mistakes: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.mistake(error.span().unwrap_or_default(), error.message().to_owned());
    }
    // A syntax error would lead to further, misleading mistakes.
    if !reader.mistakes.is_empty() {
        return Err(reader.mistakes);
    }
    let matrix = reader.matrix(table.get_ref());
    if reader.mistakes.is_empty() { Ok(matrix) } else { Err(reader.mistakes) }
}

struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    mistakes: Vec<Mistake>,
}

/// The fields of one check, or of `defaults`.
#[derive(Clone, Default)]
struct Fields {
    name: Option<String>,
    url: Option<String>,
    from: Option<Vec<String>>,
    method: Option<String>,
    headers: Option<Vec<Line>>,
    credentials: Option<CredentialsMode>,
    body: Option<String>,
    expect: Option<Expectation>,
}

impl Fields {
    const NAMES: &'static str = "name, url, from, method, headers, credentials, body, expect";

    /// These fields; those that are missing come from `defaults`.
    fn or(self, defaults: &Fields) -> Fields {
        let defaults = defaults.clone();
        Fields {
            name: self.name,
            url: self.url.or(defaults.url),
            from: self.from.or(defaults.from),
            method: self.method.or(defaults.method),
            headers: self.headers.or(defaults.headers),
            credentials: self.credentials.or(defaults.credentials),
            body: self.body.or(defaults.body),
            expect: self.expect.or(defaults.expect),
        }
    }
}

impl Reader<'_> {
    fn mistake(&mut self, span: Range<usize>, text: String) {
        let line = self.line(&span);
        self.mistakes.push(Mistake { file: self.file.into(), line, text });
    }

    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    fn matrix(&mut self, table: &DeTable<'_>) -> Matrix {
        let (mut matrix, mut defaults, mut checks) = (Matrix::default(), Fields::default(), None);
        for (key, value) in table {
            match &**key.get_ref() {
                "allow" => matrix.allow = self.texts("allow", value).unwrap_or_default(),
                "ignore" => matrix.ignore = self.codes(value),
                "defaults" => defaults = self.table("defaults", value).unwrap_or_default(),
                "check" => checks = Some(value),
                other => self.mistake(
                    key.span(),
                    format!("`{other}`: there is no such field; the fields of a file are `check`, `defaults`, `allow` and `ignore`"),
                ),
            }
        }
        match checks.map(|value| (value.get_ref(), value.span())) {
            None => self.mistake(0..0, "there is no check; write one under `[[check]]`".into()),
            Some((DeValue::Array(array), _)) => {
                for (number, value) in array.iter().enumerate() {
                    let of = format!("check {}", number + 1);
                    if let Some(fields) = self.table(&of, value) {
                        self.checks(&of, fields.or(&defaults), value.span(), &mut matrix.checks);
                    }
                }
            }
            Some((other, span)) => self.mistake(
                span,
                format!(
                    "`check` is of type {}; write each check under `[[check]]`, with two brackets",
                    other.type_str()
                ),
            ),
        }
        matrix
    }

    /// The checks that a table makes: one for each origin.
    fn checks(&mut self, of: &str, fields: Fields, span: Range<usize>, checks: &mut Vec<Check>) {
        let missing = |field| format!("{of} has no `{field}`; write it here, or under `[defaults]`");
        if fields.url.is_none() {
            self.mistake(span.clone(), missing("url"));
        }
        if fields.from.is_none() {
            self.mistake(span.clone(), missing("from"));
        }
        let (Some(url), Some(from)) = (fields.url, fields.from) else { return };
        let call = Call {
            url,
            method: fields.method.unwrap_or_else(|| "GET".into()),
            headers: fields.headers.unwrap_or_default(),
            credentials: fields.credentials.unwrap_or(CredentialsMode::SameOrigin),
            body: fields.body,
        };
        let several = from.len() > 1;
        for origin in from {
            if let Err(error) = validate(&origin, &call) {
                self.mistake(span.clone(), format!("{of}: {error}"));
                continue;
            }
            let name = fields.name.as_ref();
            let name = name.map(|name| if several { format!("{name} ({origin})") } else { name.clone() });
            let place = Place { file: self.file.into(), line: self.line(&span) };
            let (call, expectation) = (call.clone(), fields.expect.unwrap_or_default());
            checks.push(Check { name, origin, call, expectation, place: Some(place) });
        }
    }

    fn table(&mut self, of: &str, value: &Spanned<DeValue<'_>>) -> Option<Fields> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(of, value, "a table");
            return None;
        };
        let mut fields = Fields::default();
        for (key, value) in table {
            let name = key.get_ref();
            let field = format!("{of}, `{name}`");
            match &**name {
                "name" if of != "defaults" => fields.name = self.text(&field, value),
                "url" => fields.url = self.text(&field, value),
                "from" => fields.from = self.texts(&field, value),
                "method" => fields.method = self.text(&field, value),
                "headers" => fields.headers = Some(self.headers(&field, value)),
                "credentials" => {
                    let words = "write \"omit\", \"same-origin\" or \"include\"";
                    fields.credentials = self.word(&field, value, words, CredentialsMode::from_word);
                }
                "body" => fields.body = self.text(&field, value),
                "expect" => {
                    let words = "write \"readable\" or \"refused\"";
                    fields.expect = self.word(&field, value, words, Expectation::from_word);
                }
                _ => self.mistake(
                    key.span(),
                    format!("{field}: there is no such field; {of} has some of {}", Fields::NAMES),
                ),
            }
        }
        Some(fields)
    }

    fn text(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(field, value, "text in quotes");
        }
        text
    }

    /// A list of texts, or one text.
    fn texts(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::String(text) => Some(vec![text.clone().into_owned()]),
            DeValue::Array(array) if !array.is_empty() => {
                Some(array.iter().filter_map(|value| self.text(field, value)).collect())
            }
            _ => {
                self.wrong_type(field, value, "text in quotes, or a list of some");
                None
            }
        }
    }

    fn word<T>(
        &mut self,
        field: &str,
        value: &Spanned<DeValue<'_>>,
        words: &str,
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(field, value)?;
        let found = from_word(&text);
        if found.is_none() {
            self.mistake(value.span(), format!("{field} is `{}`; {words}", text.escape_debug()));
        }
        found
    }

    fn headers(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Vec<Line> {
        let lines = self.texts(field, value).unwrap_or_default();
        let mut headers = Vec::new();
        for line in lines {
            match header(&line) {
                Ok(header) => headers.push(header),
                Err(error) => self.mistake(value.span(), format!("{field}: `{}`: {error}", line.escape_debug())),
            }
        }
        headers
    }

    fn codes(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Code> {
        let mut codes = Vec::new();
        for word in self.texts("ignore", value).unwrap_or_default() {
            match Code::from_word(&word) {
                Some(code) => codes.push(code),
                None => self.mistake(
                    value.span(),
                    format!("`ignore`: there is no finding `{}`; `cors codes` lists them", word.escape_debug()),
                ),
            }
        }
        codes
    }

    fn wrong_type(&mut self, field: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let kind = value.get_ref().type_str();
        let empty = value.get_ref().as_array().is_some_and(|array| array.is_empty());
        let kind = if empty { "an empty list".to_owned() } else { format!("of type {kind}") };
        self.mistake(value.span(), format!("{field} is {kind}; it should be {wanted}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
ignore = ["any-site-reads"]

[defaults]
url = "https://api.example/items"
from = ["https://app.example", "https://admin.example"]

[[check]]
name = "items are read"

[[check]]
url = "https://api.example/items/1"
from = "https://evil.example"
method = "PUT"
headers = ["Content-Type: application/json"]
credentials = "include"
body = "{}"
expect = "refused"
"#;

    #[test]
    fn a_file_makes_a_check_for_each_origin_with_its_defaults_and_its_line() {
        let matrix = parse(FILE, "checks.toml").unwrap();
        let titles: Vec<_> = matrix.checks.iter().map(Check::title).collect();
        assert_eq!(
            titles,
            [
                "items are read (https://app.example)",
                "items are read (https://admin.example)",
                "PUT https://api.example/items/1 with credentials from https://evil.example",
            ]
        );
        let lines: Vec<_> = matrix.checks.iter().map(|check| check.place.as_ref().unwrap().line).collect();
        assert_eq!((lines, matrix.ignore), (vec![8, 8, 11], vec![Code::AnySiteReads]));
        let last = matrix.checks.last().unwrap();
        assert_eq!(last.expectation, Expectation::Refused);
        assert_eq!(last.call.headers, [("Content-Type".to_owned(), b"application/json".to_vec())]);
    }

    #[test]
    fn all_mistakes_are_reported_at_once_with_line_field_value_and_fix() {
        let file = "
allow = 1
[[check]]
url = \"api.example\"
from = []
expect = \"maybe\"
heders = []
[[check]]
url = \"https://api.example/\"
from = \"https://app.example/\"
";
        let mistakes: Vec<_> = parse(file, "c.toml").unwrap_err().iter().map(ToString::to_string).collect();
        for expected in [
            "c.toml:2: allow is of type integer",
            "c.toml:5: check 1, `from` is an empty list",
            "c.toml:6: check 1, `expect` is `maybe`; write \"readable\" or \"refused\"",
            "c.toml:7: check 1, `heders`: there is no such field",
            "c.toml:3: check 1 has no `from`",
            "c.toml:8: check 2: the origin `https://app.example/`",
        ] {
            assert!(mistakes.iter().any(|mistake| mistake.starts_with(expected)), "{expected} in {mistakes:#?}");
        }
    }

    #[test]
    fn any_part_of_a_file_is_a_plan_or_mistakes_with_a_line() {
        let mut plans = 0;
        for (end, _) in FILE.char_indices() {
            let (before, after) = FILE.split_at(end);
            for text in [before, after, &format!("{before}\u{0}{after}"), &format!("{before}[{after}")] {
                match parse(text, "c.toml") {
                    Ok(matrix) => plans += usize::from(!matrix.checks.is_empty()),
                    Err(mistakes) => {
                        let lines = text.lines().count() + 1;
                        assert!(
                            !mistakes.is_empty() && mistakes.iter().all(|it| (1..=lines).contains(&it.line)),
                            "{text}"
                        );
                    }
                }
            }
        }
        assert!(plans > 20, "{plans}");
    }

    #[test]
    fn whatever_the_fuzzer_knows_is_a_plan_or_mistakes() {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/matrix");
        let (mut plans, mut refused) = (0, 0);
        for file in std::fs::read_dir(corpus).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            match parse(&String::from_utf8_lossy(&bytes), "c.toml") {
                Ok(matrix) => plans += usize::from(!matrix.checks.is_empty()),
                Err(mistakes) => refused += usize::from(!mistakes.is_empty()),
            }
        }
        assert!(plans > 0 && refused > 3, "{plans} {refused}");
    }

    #[test]
    fn mistakes_of_syntax_and_an_empty_file_have_a_line() {
        let of = |text| parse(text, "c.toml").unwrap_err().first().unwrap().to_string();
        assert!(of("a = \n").starts_with("c.toml:1: "));
        assert_eq!(of(""), "c.toml:1: there is no check; write one under `[[check]]`");
        assert!(of("check = 1").starts_with("c.toml:1: `check` is of type integer"));
    }
}
