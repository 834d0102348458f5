//! Headers in lists and tables of Markdown, and lists that have none.

use fetch_cors_read::{Form, MistakeKind};

use crate::common::{error, exchange, head, headers, mistake, shapes};

/// Each way of writing a header as an item of a list.
fn items(name: &str, value: &str) -> Vec<String> {
    let escaped = value.replace('*', "\\*");
    let header = [
        format!("{name}: {value}"),
        format!("{name}: {escaped}"),
        format!("`{name}: {value}`"),
        format!("`{name}`: `{value}`"),
        format!("**{name}**: {value}"),
        format!("**{name}:** `{value}`"),
        format!("**{name}: {value}**"),
        format!("*{name}*: {value}"),
        format!("__{name}__: {value}"),
        format!("{name}: `{value}`"),
    ];
    let bullets = ["- ", "* ", "+ ", "\u{2022} ", "1. ", "2) ", "  - "];
    header
        .iter()
        .flat_map(|header| bullets.map(|bullet| format!("{bullet}{header}")))
        .chain([format!("{name}: `{value}`")])
        .collect()
}

#[test]
fn header_in_a_list_is_read_in_each_of_its_marks() {
    let names = [
        ("Access-Control-Allow-Origin", "*"),
        ("Vary", "Origin"),
        ("access-control-allow-origin", "https://app.example"),
    ];
    for (name, value) in names {
        for item in items(name, value) {
            for text in
                [format!("{item}\n"), format!("- X-First: 1\n{item}\n"), format!("### Response headers\n\n{item}\n")]
            {
                let (read, expected) = (exchange(&text), format!("{name}: {value}"));
                assert_eq!(read.form, Form::HeaderLines, "{text}");
                assert!(head(&read).1.contains(&expected), "{text}\n{read:?}");
            }
        }
    }
}

#[test]
fn titles_of_lists_say_whose_headers_they_are() {
    let list = "**Request headers**\n\n- Origin: https://app.example\n- X-A: 1\n\n**Response headers:**\n\n- Vary: a\n- X-B: 2\n";
    let nested = "- Request headers\n  - `Origin`: `https://app.example`\n  - `X-A`: `1`\n- Response headers\n  - `Vary`: `a`\n  - `X-B`: `2`\n";
    for text in shapes(list).into_iter().chain(shapes(nested)) {
        let read = exchange(&text);
        assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{text}");
        assert_eq!(
            (headers(&read), head(&read).1),
            (vec!["X-A: 1".into()], vec!["Vary: a".into(), "X-B: 2".into()]),
            "{text}"
        );
    }
}

#[test]
fn table_of_headers_is_read() {
    let lines = vec!["Access-Control-Allow-Origin: *".to_owned(), "Vary: Origin".to_owned()];
    for table in [
        "| Header | Value |\n|---|---|\n| Access-Control-Allow-Origin | * |\n| Vary | Origin |\n",
        "| Header | Value |\n| :--- | ---: |\n| `Access-Control-Allow-Origin` | `*` |\n| **Vary** | Origin |\n",
        "Name | Value\n--- | ---\nAccess-Control-Allow-Origin | \\*\nVary | Origin\n",
        "| Header | Who | Value |\n|---|---|---|\n| Access-Control-Allow-Origin | nginx | * |\n| Vary | app | Origin |\n",
    ] {
        for text in shapes(table) {
            let read = exchange(&text);
            assert_eq!((read.form, head(&read)), (Form::HeaderLines, (200, lines.clone())), "{text}");
        }
    }
    let two = "| Header | Expected | Actual |\n|---|---|---|\n| Vary | Origin | * |\n";
    assert_eq!(mistake(two), (MistakeKind::TableColumns, 1, 1));
}

#[test]
fn list_without_headers_is_not_an_exchange() {
    for text in [
        "* I tried this\n* and that\n",
        "- one: two\n- three\n",
        "1. Open the page\n2. Click\n",
        "| a | b |\n|---|---|\n| c | d |\n",
    ] {
        assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
    }
    let read = exchange("- Vary: a\n-\n- X-A: 1\n");
    assert_eq!(head(&read).1, ["Vary: a", "X-A: 1"]);
    let read = exchange("- **Vary**:\n  - `Origin`\n- X-A: 1\n");
    assert_eq!(head(&read).1, ["Vary: Origin", "X-A: 1"]);
    let read = exchange("* I send a request\n* it fails\n\nAccess-Control-Allow-Origin: *\n");
    assert_eq!(head(&read).1, ["Access-Control-Allow-Origin: *"]);
    let read = exchange("* I send a request\n\n```\nHTTP/1.1 403 Forbidden\nVary: a\n```\n");
    assert_eq!(head(&read), (403, vec!["Vary: a".into()]));
}
