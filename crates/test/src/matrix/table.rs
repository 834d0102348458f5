//! A matrix in TOML.

use fetch_cors::browser::request::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode};
use toml::{Table, Value};

use super::{Expected, Matrix, MatrixError, MatrixErrors};
use crate::{fetch::Fetch, page::check_host};

const FETCH: &str = "write `NAME = { url = \"https://api.example/items\" }`";
const PAGE: &str = "write `\"https://app.example\" = { NAME = \"readable\" }`, with the name of each fetch";
const COOKIE: &str = "write `\"api.example\" = \"session=1\"`";
const MEMBERS: [&str; 10] =
    ["url", "method", "headers", "body", "content", "mode", "credentials", "redirect", "referrer-policy", "cache"];
/// The method of [`Fetch`] that sets a body.
type WithBody = fn(Fetch) -> Fetch;

const BODIES: [(&str, WithBody); 6] = [
    ("json", Fetch::json),
    ("text", Fetch::text),
    ("form", Fetch::form),
    ("multipart", Fetch::multipart),
    ("bytes", Fetch::bytes),
    ("stream", Fetch::stream),
];

impl Matrix {
    /// A matrix written in TOML. All mistakes are reported together.
    ///
    /// A fetch has `url`, and may have `method`, `headers`, `body` (`json`, `text`, `form`, `multipart`, `bytes` or `stream`),
    /// `content` (the bytes of the body), `mode`, `credentials`, `redirect`, `referrer-policy` and `cache`, with the words that
    /// scripts use. A cell is `readable`, `refused` or `opaque`.
    ///
    /// ```
    /// let matrix = fetch_cors_test::Matrix::from_toml(r#"
    ///     [fetches]
    ///     list = { url = "https://api.example/items" }
    ///     change = { url = "https://api.example/items/7", method = "PUT", body = "json", credentials = "include" }
    ///
    ///     [pages]
    ///     "https://app.example" = { list = "readable", change = "readable" }
    ///     "https://other.example" = { list = "refused", change = "refused" }
    ///
    ///     [cookies]
    ///     "api.example" = "session=1"
    /// "#)?;
    /// assert_eq!(matrix.pages().count(), 2);
    /// # Ok::<(), fetch_cors_test::matrix::MatrixErrors>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, MatrixErrors> {
        let table: Table = text
            .parse()
            .map_err(|error| MatrixErrors(vec![MatrixError::new("TOML", "", error, "correct the syntax")]))?;
        let mut errors = Vec::new();
        for (name, value) in table.iter().filter(|(name, _)| !["fetches", "pages", "cookies"].contains(&name.as_str()))
        {
            errors.push(MatrixError::new(
                name,
                &value.to_string(),
                "there is no such table",
                "write `fetches`, `pages` or `cookies`",
            ));
        }
        let fetches: Vec<(String, Fetch)> = rows(&table, "fetches", FETCH, &mut errors)
            .into_iter()
            .map(|(name, row)| (name.to_owned(), fetch(name, row, &mut errors)))
            .collect();
        let pages: Vec<(String, Vec<Expected>)> = rows(&table, "pages", PAGE, &mut errors)
            .into_iter()
            .map(|(origin, row)| (origin.to_owned(), cells(origin, row, &fetches, &mut errors)))
            .collect();
        let cookies = cookies(&table, &mut errors);
        match Matrix::new(fetches, pages) {
            Ok(matrix) if errors.is_empty() => {
                Ok(cookies.into_iter().fold(matrix, |matrix, (host, cookies)| matrix.cookies(host, cookies)))
            }
            Ok(_) => Err(MatrixErrors(errors)),
            Err(MatrixErrors(more)) => {
                // A missing URL is reported already.
                let is_new = |error: &MatrixError| errors.iter().all(|own| own.field != format!("{}.url", error.field));
                let more: Vec<_> = more.into_iter().filter(is_new).collect();
                Err(MatrixErrors(errors.into_iter().chain(more).collect()))
            }
        }
    }
}

/// The rows of a table, each of which is a table.
fn rows<'t>(table: &'t Table, name: &str, fix: &str, errors: &mut Vec<MatrixError>) -> Vec<(&'t str, &'t Table)> {
    let rows = match table.get(name) {
        Some(Value::Table(rows)) => rows,
        Some(other) => {
            errors.push(MatrixError::new(name, &other.to_string(), "it is not a table", fix));
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let mut read = Vec::new();
    for (key, value) in rows {
        match value {
            Value::Table(row) => read.push((key.as_str(), row)),
            other => {
                errors.push(MatrixError::new(&format!("{name}.{key}"), &other.to_string(), "it is not a table", fix));
            }
        }
    }
    read
}

fn cookies(table: &Table, errors: &mut Vec<MatrixError>) -> Vec<(String, String)> {
    let mut read = Vec::new();
    match table.get("cookies") {
        None => {}
        Some(Value::Table(hosts)) => {
            for (host, value) in hosts {
                let field = format!("cookies.{host}");
                match value {
                    Value::String(cookies) => match check_host(host) {
                        Ok(()) => read.push((host.clone(), cookies.clone())),
                        Err(fix) => errors.push(MatrixError::new(&field, host, "it is not a host", &fix)),
                    },
                    other => {
                        errors.push(MatrixError::new(&field, &other.to_string(), "it is not a string", COOKIE));
                    }
                }
            }
        }
        Some(other) => errors.push(MatrixError::new("cookies", &other.to_string(), "it is not a table", COOKIE)),
    }
    read
}

fn fetch(name: &str, row: &Table, errors: &mut Vec<MatrixError>) -> Fetch {
    let mut row = Row { field: format!("fetches.{name}"), members: row, errors };
    for (member, value) in row.members.iter().filter(|(member, _)| !MEMBERS.contains(&member.as_str())) {
        let fix = format!("write one of {}", MEMBERS.join(", "));
        row.error(member, &value.to_string(), "a fetch has no such member", &fix);
    }
    let url = row.string("url").unwrap_or_default();
    if url.is_empty() {
        row.error("url", "", "there is none", FETCH);
    }
    let mut fetch = Fetch::new(row.string("method").unwrap_or("GET"), url);
    match row.members.get("headers") {
        None => {}
        Some(Value::Table(headers)) => {
            for (name, value) in headers {
                match value {
                    Value::String(value) => fetch = fetch.header(name, value),
                    other => {
                        row.error(
                            &format!("headers.{name}"),
                            &other.to_string(),
                            "it is not a string",
                            "write `\"…\"`",
                        );
                    }
                }
            }
        }
        Some(other) => {
            row.error("headers", &other.to_string(), "it is not a table", "write `{ x-request-id = \"1\" }`");
        }
    }
    if let Some(with_body) = row.word("body", |word| BODIES.iter().find(|(own, _)| *own == word).map(|(_, body)| *body))
    {
        fetch = with_body(fetch);
    }
    if let Some(content) = row.string("content") {
        fetch = fetch.content(content.as_bytes().to_vec());
    }
    if let Some(mode) = row.word("mode", RequestMode::from_word) {
        fetch = fetch.mode(mode);
    }
    if let Some(credentials) = row.word("credentials", CredentialsMode::from_word) {
        fetch = fetch.credentials_mode(credentials);
    }
    if let Some(redirect) = row.word("redirect", RedirectMode::from_word) {
        fetch = fetch.redirect(redirect);
    }
    if let Some(policy) = row.word("referrer-policy", ReferrerPolicy::from_word) {
        fetch = fetch.referrer_policy(policy);
    }
    if let Some(cache) = row.word("cache", CacheMode::from_word) {
        fetch = fetch.cache_mode(cache);
    }
    fetch
}

fn cells(origin: &str, row: &Table, fetches: &[(String, Fetch)], errors: &mut Vec<MatrixError>) -> Vec<Expected> {
    let mut row = Row { field: format!("pages.{origin:?}"), members: row, errors };
    for (name, value) in row.members.iter().filter(|(name, _)| fetches.iter().all(|(own, _)| own != *name)) {
        row.error(name, &value.to_string(), "there is no fetch of this name", "add it to `fetches`");
    }
    let mut cells = Vec::new();
    for (name, _) in fetches {
        if !row.members.contains_key(name) {
            row.error(name, "", "the cell is missing", "write `readable`, `refused` or `opaque`");
        }
        let from_word = |word: &str| Expected::ALL.into_iter().find(|expected| expected.as_str() == word);
        // Replaces the cell that is reported.
        cells.push(row.word(name, from_word).unwrap_or(Expected::Refused));
    }
    cells
}

/// A row that is read, with the errors found so far.
struct Row<'t, 'e> {
    field: String,
    members: &'t Table,
    errors: &'e mut Vec<MatrixError>,
}

impl<'t> Row<'t, '_> {
    fn error(&mut self, member: &str, value: &str, reason: &str, fix: &str) {
        self.errors.push(MatrixError::new(&format!("{}.{member}", self.field), value, reason, fix));
    }

    fn string(&mut self, member: &str) -> Option<&'t str> {
        match self.members.get(member)? {
            Value::String(text) => Some(text),
            other => {
                self.error(member, &other.to_string(), "it is not a string", "write `\"…\"`");
                None
            }
        }
    }

    fn word<T>(&mut self, member: &str, from_word: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.string(member)?;
        let read = from_word(word);
        if read.is_none() {
            self.error(member, word, "there is no such word", words(member));
        }
        read
    }
}

/// The words of a member.
fn words(member: &str) -> &'static str {
    match member {
        "body" => "write `json`, `text`, `form`, `multipart`, `bytes` or `stream`",
        "mode" => "write `cors`, `no-cors` or `same-origin`",
        "credentials" => "write `omit`, `same-origin` or `include`",
        "redirect" => "write `follow`, `error` or `manual`",
        "referrer-policy" => "write a referrer policy, as `no-referrer`",
        "cache" => "write `default`, `no-store`, `reload`, `no-cache` or `force-cache`",
        _ => "write `readable`, `refused` or `opaque`",
    }
}
