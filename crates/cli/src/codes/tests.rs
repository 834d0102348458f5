//! The list of codes is complete: it has all that the sources of the library and of the reader define.

use super::{Kind, all};

/// The codes that the function `code` of a source returns.
fn codes_of(source: &str) -> Vec<&str> {
    let source = source.split("const fn code(").nth(1).unwrap().split("fn ").next().unwrap();
    let is_code = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let after_arrow = source.lines().filter_map(|line| line.split_once("=> \"")?.1.split_once("\",").map(|it| it.0));
    after_arrow.filter(is_code).collect()
}

/// The codes of the rows `Name = "code", …;` or `Name, "code", …;` of a macro's table.
fn codes_of_table(source: &str) -> Vec<&str> {
    let row = |line: &'_ str| -> Option<usize> {
        let (name, _) = line.trim_start().split_once('"')?;
        let name = name.strip_suffix(" = ").or_else(|| name.strip_suffix(", "))?;
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_name && line.ends_with(';')).then_some(line.find('"')? + 1)
    };
    source.lines().filter_map(|line| line.get(row(line)?..)?.split('"').next()).collect()
}

/// The codes of the values `code: "…"`.
fn codes_of_values(source: &str) -> Vec<&str> {
    source.split("code: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn each_code_is_listed_once_with_a_sentence() {
    let all = all();
    for code in &all {
        let same = all.iter().filter(|other| other.code == code.code && other.kind == code.kind).count();
        assert_eq!(same, 1, "{code:?}");
        assert!(code.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(!code.meaning.is_empty() && !code.meaning.ends_with('.'), "{code:?}");
    }
    for (kind, source, least) in [
        (Kind::PolicyError, codes_of(include_str!("../../../../src/server/config/error.rs")), 25),
        (Kind::PolicyError, codes_of_table(include_str!("../../../../src/server/pattern/fault.rs")), 35),
        (Kind::PolicyLint, codes_of(include_str!("../../../../src/server/lint/kind.rs")), 17),
        (Kind::PolicyDanger, codes_of(include_str!("../../../../src/server/pattern/danger.rs")), 6),
        (Kind::Refusal, codes_of(include_str!("../../../../src/server/response/refusal.rs")), 7),
        (Kind::Note, codes_of(include_str!("../../../read/src/note.rs")), 15),
        (Kind::Mistake, codes_of_table(include_str!("../../../read/src/error.rs")), 20),
        (Kind::Note, codes_of_values(include_str!("../har/entry.rs")), 3),
        (Kind::Saving, codes_of_values(include_str!("../har/economics.rs")), 3),
        (Kind::Form, codes_of_table(include_str!("../../../read/src/form.rs")), 14),
    ] {
        assert!(source.len() >= least, "{kind:?}: {source:?}");
        for code in source {
            assert!(all.iter().any(|listed| listed.kind == kind && listed.code == code), "{kind:?}: {code}");
        }
    }
}
