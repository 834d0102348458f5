//! The example `answer` on good and bad input.

/// The exit status and what is written; of bad input what is wrong with it.
fn run(name: &str, policy: &str, lint: bool, input: &str) -> Result<(u8, String), String> {
    let path = std::env::temp_dir().join(format!("fetch-cors-{}-{name}.json", std::process::id()));
    std::fs::write(&path, policy).unwrap();
    let mut arguments = vec![path.to_string_lossy().into_owned()];
    arguments.extend(lint.then(|| "--lint".to_owned()));
    let mut output = Vec::new();
    let done = super::run(arguments, input.as_bytes(), &mut output);
    std::fs::remove_file(&path).unwrap();
    done.map(|status| (status, String::from_utf8(output).unwrap())).map_err(|error| error.to_string())
}

const TWO: &str = r#"{"origins": ["https://a.example", "https://b.example"]}"#;

#[test]
fn vary_is_one_line_without_empty_elements() {
    for (before, after) in [
        (r#"["Vary", ""]"#, "origin"),
        (r#"["Vary", "Accept"], ["vary", ""], ["VARY", "Cookie"]"#, "Accept, Cookie, origin"),
        (r#"["vary", ""], ["Vary", "*"]"#, "*"),
    ] {
        let line =
            format!(r#"{{"method": "GET", "headers": [], "response": {{"status": 404, "headers": [{before}]}}}}"#);
        let expected = format!(r#"{{"decision":"handle","status":404,"headers":[["vary","{after}"]],"refusal":null}}"#);
        assert_eq!(run("vary", TWO, false, &line), Ok((0, expected + "\n")));
    }
}

#[test]
fn bad_input_is_told_with_its_line() {
    for (line, message) in [
        (r#"{"method": "GET", "headers": [["a b", "c"]]}"#, "line 2: `a b`: header name is not a token at byte 1"),
        (r#"{"method": "GET", "headers": [["a", "\u0100"]]}"#, "line 2: `a` has a value that is not Latin-1"),
        (r#"{"method": "GET"}"#, "line 2: missing field `headers`"),
        (r#"{"method": "GET", "headers": [], "status": 200}"#, "line 2: unknown field `status`"),
    ] {
        let error = run("bad", TWO, false, &format!("\n{line}\n")).unwrap_err();
        assert!(error.starts_with(message), "{error}");
    }
    assert!(run("bad-policy", "{}", false, "").unwrap_err().contains("a rule needs an origin"));
}

#[test]
fn lint_fails_for_errors_alone() {
    let (status, output) = run("errors", r#"{"origins": ["https://a.example/", "null"]}"#, true, "").unwrap();
    let codes = output.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].clone());
    assert_eq!(
        (status, codes.collect::<Vec<_>>()),
        (1, vec!["trailing-slash".into(), "opaque-origin-not-spelled-out".into()])
    );
    let (status, output) = run("lints", r#"{"origins": "https://a.example", "methods": "GET"}"#, true, "").unwrap();
    assert_eq!((status, output.lines().count()), (0, 2));
}
