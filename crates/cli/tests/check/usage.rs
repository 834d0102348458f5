//! What is wrong with the command line or a file: status 2, and nothing is sent.

use std::{fs, path::PathBuf};

use crate::{cors_check, server::Server};

/// A file of this text, which is removed when it is dropped.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cors-check-{}-{name}", std::process::id()));
        fs::write(&path, text).unwrap();
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_wrong_command_line_says_what_is_wrong_with_it() {
    let url = "http://127.0.0.1:9/";
    let page = ["--from", "https://app.example"];
    let wrong: [(&[&str], &str); 11] = [
        (&[url], "--from"),
        (&[url, "--from", "https://app.example/"], "is it `https://app.example`?"),
        (&["api.example", "--from", "https://app.example"], "URL"),
        (&[url, page[0], page[1], "-X", "TRACE"], "TRACE"),
        (&[url, page[0], page[1], "-H", "no colon"], "there is no colon"),
        (&[url, page[0], page[1], "--expect", "maybe"], "it is readable or refused"),
        (&[url, page[0], page[1], "--max-time", "0"], "above 0"),
        (&[url, page[0], page[1], "--resolve", "api.example:443"], "HOST:PORT:ADDRESS"),
        (&[url, page[0], page[1], "--probe", "--ignore", "no-such"], "no finding of this code"),
        (&[url, page[0], page[1], "--probe", "--expect", "refused"], "a page that should read"),
        (&[url, page[0], page[1], "--probe", "--allow", "https://app.example/"], "drop the trailing slash"),
    ];
    for (arguments, text) in wrong {
        let ran = cors_check(arguments.iter().copied());
        assert_eq!(ran.status, 2, "{arguments:?} {}", ran.errors);
        assert!(ran.errors.contains(text), "{arguments:?} {}", ran.errors);
    }
}

#[test]
fn a_matrix_is_checked_as_a_whole_before_anything_is_sent() {
    let server = Server::new(|_| "200 OK".into());
    let text = format!(
        "[[check]]\nurl = \"{}\"\nfrom = \"https://app.example\"\n[[check]]\nfrom = 1\nexpect = \"yes\"\n",
        server.url("/")
    );
    let file = File::new("wrong.toml", &text);
    let ran = cors_check(["--matrix", file.path()]);
    assert_eq!(ran.status, 2, "{}", ran.errors);
    for mistake in
        [":5: check 2, `from` is of type integer", ":6: check 2, `expect` is `yes`", ":4: check 2 has no `url`"]
    {
        assert!(ran.errors.contains(mistake), "{mistake}: {}", ran.errors);
    }
    assert!(server.asked().is_empty());
}

#[test]
fn a_matrix_makes_its_checks_in_order_with_one_preflight_for_what_is_still_cached() {
    let server = Server::new(|request| {
        let origin = request.header("origin").unwrap_or_default();
        let allowed = if origin == "https://evil.example" { "https://app.example" } else { origin };
        format!(
            "200 OK\naccess-control-allow-origin: {allowed}\naccess-control-allow-methods: PUT\n\
             access-control-max-age: 600"
        )
    });
    let text = format!(
        "[defaults]\nurl = \"{}\"\nmethod = \"PUT\"\n\
         [[check]]\nname = \"the application writes\"\nfrom = \"https://app.example\"\n\
         [[check]]\nname = \"and again\"\nfrom = \"https://app.example\"\n\
         [[check]]\nname = \"others do not\"\nfrom = \"https://evil.example\"\nexpect = \"refused\"\n",
        server.url("/items")
    );
    let file = File::new("good.toml", &text);
    let ran = cors_check(["--matrix", file.path()]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.errors);
    let asked: Vec<_> = server.asked().iter().map(|request| request.line[..3].to_owned()).collect();
    assert_eq!(asked, ["OPT", "PUT", "PUT", "OPT"]);
    assert!(ran.out.contains("no preflight for"), "{}", ran.out);
}
