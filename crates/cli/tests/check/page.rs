//! docs/check.md: what it quotes is what the program prints, and its table of codes is the program's.

use std::fs;

use crate::{
    cors_check,
    server::{Request, Server},
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check.md");

/// The server of the page: it forgets a header on `/items`, and reflects every origin on `/reflects`.
fn answer(request: &Request) -> String {
    let origin = request.header("origin").unwrap_or_default();
    let path = request.line.split(' ').nth(1).unwrap_or_default();
    if path.starts_with("/reflects") {
        return format!(
            "200 OK\nvary: Origin\naccess-control-allow-origin: {origin}\naccess-control-allow-credentials: true"
        );
    }
    let allowed = ["https://app.example.com", "https://admin.example.com"].contains(&origin);
    let grant = format!("\naccess-control-allow-origin: {origin}\naccess-control-allow-credentials: true");
    let lists = "\naccess-control-allow-methods: PUT\naccess-control-max-age: 600";
    let status = if request.line.starts_with("OPTIONS") { "204 No Content" } else { "200 OK" };
    format!("{status}\nvary: Origin{}{}", if allowed { &*grant } else { "" }, if allowed { lists } else { "" })
}

#[test]
fn output_quoted_in_check_md_is_printed() {
    let server = Server::new(answer);
    let (text, own) = (fs::read_to_string(PAGE).unwrap(), format!("127.0.0.1:{}", server.port));
    let block = |fence: &str| text.split(fence).nth(1).and_then(|rest| rest.split("\n```").next()).unwrap().to_owned();
    let file = std::env::temp_dir().join(format!("cors-check-page-{}.toml", std::process::id()));
    fs::write(&file, block("```toml\n").replace("localhost:8080", &own)).unwrap();
    let mut quoted = 0;
    for part in text.split("<!-- printed by: cors check ").skip(1) {
        let (command, rest) = part.split_once(" -->\n```text\n").unwrap();
        let (expected, _) = rest.split_once("```").unwrap();
        let command = command.replace("localhost:8080", &own).replace("cors.toml", file.to_str().unwrap());
        let ran = cors_check(words(&command).iter().map(String::as_str));
        let printed = format!("{}{}", ran.out, ran.errors).replace(&own, "localhost:8080");
        assert_eq!(printed, expected, "{command}");
        quoted += 1;
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(quoted, 3);
}

/// The words of a command; quotes hold a word together.
fn words(command: &str) -> Vec<String> {
    let in_quotes = |number: usize| number % 2 == 1;
    let mut words = Vec::new();
    for (number, part) in command.split('\'').enumerate() {
        if in_quotes(number) {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
