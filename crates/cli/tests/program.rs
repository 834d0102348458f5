//! The program as a shell runs it: exit status, both outputs, and what it writes into files.

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// What a run of the program gave.
struct Run {
    code: Option<i32>,
    output: String,
    errors: String,
}

fn cors(arguments: &[&str], input: &str) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_cors")).args(arguments), input)
}

fn run(command: &mut Command, input: &str) -> Run {
    command.env_remove("NO_COLOR").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has found a mistake reads no more.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), output: text(output.stdout), errors: text(output.stderr) }
}

/// A file of this test, which is removed at its end.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fetch-cors-cli-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const URL: &str = "https://api.example/items";
const PAGE: [&str; 3] = ["explain", "--origin", "https://app.example"];
const ALLOWED: &str = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n";
const PREFLIGHT: &str =
    "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\n\n";

#[test]
fn exit_status_follows_the_verdict() {
    let explain = |more: &[&'static str]| -> Vec<&'static str> { [&PAGE[..], more, &[URL]].concat() };
    for (arguments, input, code) in [
        (explain(&[]), ALLOWED, 0),
        (explain(&["-X", "PUT"]), &*[PREFLIGHT, ALLOWED].concat(), 0),
        (vec!["explain", "--example"], "", 0),
        (vec!["message", "CORSMissingAllowOrigin"], "", 0),
        (explain(&[]), "HTTP/1.1 200 OK\n\n", 1),
        (explain(&["--credentials", "include"]), ALLOWED, 1),
        (explain(&["--mode", "no-cors"]), ALLOWED, 1),
        (explain(&["-X", "TRACE"]), "", 1),
        (explain(&["--again", "1"]), &*[ALLOWED, "HTTP/1.1 200 OK\n\n"].concat(), 1),
        (explain(&[]), "hello\n", 2),
        (explain(&["--credentials", "yes"]), ALLOWED, 2),
        (explain(&["-X", "a b"]), ALLOWED, 2),
        (explain(&["--as", "nothing"]), ALLOWED, 2),
        (vec!["explain", URL], ALLOWED, 2),
        (vec!["explain"], "", 2),
        (vec!["explain", "--example", "-X", "PUT"], "", 2),
        (vec!["nothing"], "", 2),
        (vec![], "", 2),
        (vec!["message", "it does not work"], "", 2),
        (vec!["codes", "no-such-code"], "", 2),
        (vec!["man", "nothing"], "", 2),
        (vec!["completions", "nothing"], "", 2),
        (vec!["lint", "no/such/file"], "", 2),
        (vec!["answer", "no/such/file"], "", 2),
        (explain(&[]), "", 3),
        (explain(&["-X", "PUT"]), PREFLIGHT, 3),
        (vec!["explain"], "CORSMissingAllowOrigin", 3),
    ] {
        let found = cors(&arguments, input);
        assert_eq!(found.code, Some(code), "{arguments:?}\n{input}\n{}{}", found.output, found.errors);
        // A report is printed, or what is wrong is.
        assert_eq!(found.output.is_empty(), code == 2, "{arguments:?}\n{}", found.output);
        assert_eq!(found.errors.is_empty(), code != 2, "{arguments:?}\n{}", found.errors);
    }
}

#[test]
fn a_policy_is_linted_and_answers() {
    let good = File::new("good.json", r#"{"origins": "https://app.example", "methods": "PUT", "max_age": 600}"#);
    let lints = File::new("lints.json", r#"{"origins": "https://app.example", "methods": "GET"}"#);
    let bad = File::new("bad.json", r#"{"origins": "https://app.example/"}"#);
    let broken = File::new("broken.json", "{\n  \"origins\": \n}");
    for (arguments, code, output) in [
        (vec!["lint", good.path()], 0, "0 errors, 0 lints\n"),
        (vec!["lint", lints.path()], 0, "0 errors, 2 lints\n"),
        (vec!["lint", "--strict", lints.path()], 1, "0 errors, 2 lints\n"),
        (vec!["lint", bad.path()], 1, "1 error; lints come once there are none\n"),
        (vec!["lint", "--format", "json", bad.path()], 1, "\"fix\": \"drop the trailing slash\"\n  }\n]\n"),
    ] {
        let found = cors(&arguments, "");
        assert_eq!(found.code, Some(code), "{arguments:?}\n{}{}", found.output, found.errors);
        assert!(found.output.ends_with(output), "{arguments:?}\n{}", found.output);
    }
    let found = cors(&["lint", broken.path()], "");
    assert_eq!(found.code, Some(2));
    assert!(found.errors.contains("broken.json:3:1: expected value"), "{}", found.errors);

    let request = "{\"method\": \"GET\", \"headers\": [[\"origin\", \"https://app.example\"]]}\n";
    let found = cors(&["answer", good.path()], request);
    assert_eq!(found.code, Some(0), "{}", found.errors);
    assert!(found.output.contains(r#"["access-control-allow-origin","https://app.example"]"#), "{}", found.output);
    let found = cors(&["answer", good.path()], "{}\n");
    assert_eq!((found.code, found.output.as_str()), (Some(2), ""));
    assert!(found.errors.starts_with("cors: line 1: missing field `method`"), "{}", found.errors);
}

#[test]
fn colours_are_printed_only_to_terminals() {
    let arguments = [&PAGE[..], &[URL]].concat();
    let has_colour = |found: &Run| found.output.contains("\u{1b}[");
    assert!(!has_colour(&cors(&arguments, ALLOWED)));
    let always = [&["--color", "always"][..], &arguments].concat();
    let found = cors(&always, "HTTP/1.1 200 OK\n\n");
    assert!(
        found.output.contains("\u{1b}[1m\u{1b}[31m  FAIL  no `Access-Control-Allow-Origin`\u{1b}[0m\n"),
        "{}",
        found.output
    );
    let never = [&arguments[..], &["--color", "never"]].concat();
    assert!(!has_colour(&cors(&never, ALLOWED)));
    // Without the colours, the text is the same.
    let plain = found
        .output
        .replace("\u{1b}[1m", "")
        .replace("\u{1b}[31m", "")
        .replace("\u{1b}[32m", "")
        .replace("\u{1b}[0m", "");
    assert_eq!(plain, cors(&arguments, "HTTP/1.1 200 OK\n\n").output);
}

#[test]
fn json_output_is_one_document() {
    for arguments in [
        &[&PAGE[..], &["--format", "json", URL]].concat()[..],
        &["explain", "--example", "--format", "json"],
        &["message", "--format", "json", "CORSMissingAllowOrigin"],
        &["codes", "--format", "json"],
    ] {
        let found = cors(arguments, ALLOWED);
        assert_eq!(found.code, Some(0), "{arguments:?}: {}", found.errors);
        let json: serde_json::Value = serde_json::from_str(&found.output).unwrap();
        assert!(json.is_object() || json.is_array());
    }
}

#[test]
fn html_report_has_no_script_and_loads_nothing() {
    let file = File::new("report.html", "");
    let heads = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: <script>alert(1)</script>\n\n";
    let found = cors(&[&PAGE[..], &["--html", file.path(), URL]].concat(), heads);
    assert_eq!(found.code, Some(1), "{}", found.errors);
    let page = std::fs::read_to_string(&file.0).unwrap();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">\n"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    assert!(page.contains("<strong class=\"mark\">fails here</strong>"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    for forbidden in ["<script", "<img", "<link", "src=", "@import", "url("] {
        assert!(!page.contains(forbidden), "{forbidden}: {page}");
    }
}

#[test]
fn completions_and_man_pages_have_every_command() {
    let commands = ["explain", "har", "message", "codes", "lint", "answer", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let found = cors(&["completions", shell], "");
        assert_eq!(found.code, Some(0));
        // The completions of two shells have only options, not their values.
        let values: &[&str] = if ["powershell", "elvish"].contains(&shell) { &[] } else { &["event-source"] };
        for piece in commands.iter().chain(&["embedder-policy"]).chain(values) {
            assert!(found.output.contains(piece), "{shell}: {piece}");
        }
    }
    let found = cors(&["man"], "");
    assert!(commands.iter().all(|command| found.output.contains(command)), "{}", found.output);
    let found = cors(&["man", "explain"], "");
    assert!(found.output.contains(".TH cors-explain 1"), "{}", found.output);
    assert!(found.output.contains("Exit status: 0 if the page can read the response"), "{}", found.output);
}

#[test]
fn closed_standard_output_is_not_an_error() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    let mut child = command.args(["codes"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
