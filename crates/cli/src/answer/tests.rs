//! `cors answer` on good and bad input.

/// The output, or the error for bad input.
fn run(name: &str, policy: &str, input: &str) -> Result<String, String> {
    let path = std::env::temp_dir().join(format!("fetch-cors-{}-{name}.json", std::process::id()));
    std::fs::write(&path, policy).unwrap();
    let mut output = Vec::new();
    let done = super::answer_all(&path, input.as_bytes(), &mut output);
    std::fs::remove_file(&path).unwrap();
    done.map(|()| String::from_utf8(output).unwrap()).map_err(|error| error.to_string())
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
        assert_eq!(run("vary", TWO, &line), Ok(expected + "\n"));
    }
}

#[test]
fn bad_input_is_named_with_its_line() {
    for (line, message) in [
        (r#"{"method": "GET", "headers": [["a b", "c"]]}"#, "line 2: `a b`: header name is not a token at byte 1"),
        (r#"{"method": "GET", "headers": [["a", "\u0100"]]}"#, "line 2: `a` has a value that is not Latin-1"),
        (r#"{"method": "GET"}"#, "line 2: missing field `headers`"),
        (r#"{"method": "GET", "headers": [], "status": 200}"#, "line 2: unknown field `status`"),
    ] {
        let error = run("bad", TWO, &format!("\n{line}\n")).unwrap_err();
        assert!(error.starts_with(message), "{error}");
    }
    assert!(run("bad-policy", "{}", "").unwrap_err().contains("a rule needs an origin"));
}
