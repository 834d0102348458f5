//! Matrices: their mistakes, and the messages of those that fail.

use bytes::Bytes;
use fetch_cors_test::{Fetch, Matrix, cors_matrix, matrix::Expected};
use http::{Request, Response};

use crate::{assert_has, message, open, response};

fn is_open(request: Request<Bytes>) -> Response<()> {
    open(&request)
}

#[test]
fn a_failing_matrix_lists_the_cells_and_explains_them() {
    let matrix = cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
            change = Fetch::put("https://api.example/items");
        }
        pages                     list       change;
        "https://app.example"     readable   readable;
        "https://other.example"   refused    refused;
    };
    let server = |_: Request<Bytes>| response(200, &[("access-control-allow-origin", "*")]);
    let text = message(|| matrix.ask_blocking(&server).assert());
    assert_has(
        &text,
        &[
            "2 of 4 cells are not as expected:",
            "  https://app.example, change: preflight, refused, method-not-allowed, not readable",
            "  https://other.example, list: readable, status 200, no header, not refused",
            "`Access-Control-Allow-Methods` does not allow `PUT`",
            "expected: https://other.example, list: refused",
        ],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let fetches = [
        ("list", Fetch::get("/items")),
        ("list", Fetch::get("https://api.example/items").text()),
        ("cookie", Fetch::get("https://api.example/items").header("cookie", "a=1")),
    ];
    let pages = [
        ("https://app.example/", vec![Expected::Readable]),
        ("https://app.example", vec![Expected::Readable, Expected::Refused]),
        ("https://app.example", vec![Expected::Readable, Expected::Refused]),
    ];
    let owned = |(name, cells): (&str, Vec<Expected>)| (name.to_owned(), cells);
    let errors = Matrix::new(fetches.map(|(name, fetch)| (name.to_owned(), fetch)), pages.map(owned)).unwrap_err();
    assert_eq!(errors.iter().count(), 9, "{errors}");
    assert_has(
        &errors.to_string(),
        &[
            "give the whole URL",
            "the name is there twice",
            "the call throws",
            "write `https://app.example`",
            "`Page::cookies`",
            "there are 1 cells, and 3 fetches",
            "the page is there twice",
        ],
    );
    assert_eq!(Matrix::new([], []).unwrap_err().iter().count(), 2);
}

#[test]
fn columns_are_those_of_the_fetches() {
    let text = message(|| {
        drop(cors_matrix! {
            fetches {
                list = Fetch::get("https://api.example/items");
                change = Fetch::put("https://api.example/items");
            }
            pages                   change     list;
            "https://app.example"   readable   readable;
        });
    });
    assert_has(&text, &["name all, in the same order"]);
}

#[cfg(feature = "toml")]
mod toml {
    use super::*;

    const TABLE: &str = r#"
        [fetches]
        list = { url = "https://api.example/items" }
        change = { url = "https://api.example/items/7", method = "PUT", body = "json", credentials = "include" }
        log = { url = "https://api.example/log", method = "POST", body = "text", content = "1", mode = "no-cors" }

        [pages]
        "https://b.example" = { list = "readable", change = "readable", log = "opaque" }
        "https://a.example" = { change = "readable", list = "readable", log = "opaque" }

        [cookies]
        "api.example" = "session=1"
    "#;

    #[test]
    fn a_table_is_the_matrix_of_the_macro() {
        let matrix = cors_matrix! {
            fetches {
                list = Fetch::get("https://api.example/items");
                change = Fetch::put("https://api.example/items/7").json().credentials();
                log = Fetch::post("https://api.example/log").text().content("1").mode(fetch_cors_test::RequestMode::NoCors);
            }
            pages                 list       change     log;
            "https://b.example"   readable   readable   opaque;
            "https://a.example"   readable   readable   opaque;
        };
        let matrix = matrix.cookies("api.example", "session=1");
        assert_eq!(Matrix::from_toml(TABLE), Ok(matrix.clone()));
        matrix.without(fetch_cors_test::matrix::Check::Strangers).ask_blocking(&is_open).assert();
    }

    #[test]
    fn each_member_of_a_fetch_table_is_read() {
        let text = r#"
            [fetches.all]
            url = "https://api.example/"
            method = "PUT"
            headers = { x-request-id = "1" }
            body = "form"
            content = "a=b"
            mode = "same-origin"
            credentials = "omit"
            redirect = "error"
            referrer-policy = "no-referrer"
            cache = "no-store"
            [pages]
            "null" = { all = "refused" }
        "#;
        let matrix = Matrix::from_toml(text).unwrap();
        assert_eq!(
            matrix.fetches().map(|(name, fetch)| format!("{name}: {fetch}")).collect::<Vec<_>>(),
            [
                r#"all: fetch("https://api.example/", { method: "PUT", mode: "same-origin", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", cache: "no-store", headers: { "x-request-id": "1" }, body: … })"#
            ]
        );
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let text = r#"
            colour = 1
            [fetches]
            list = { url = "https://api.example/items", credentials = "yes", methods = "PUT" }
            other = 2
            bare = { headers = { a = 1 } }
            [pages]
            "https://app.example/" = { list = "redable", more = "readable" }
            [cookies]
            "api.example" = 1
            "https://api.example" = "session=1"
        "#;
        let errors = Matrix::from_toml(text).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "colour",
                "fetches.other",
                "fetches.list.methods",
                "fetches.list.credentials",
                "fetches.bare.url",
                "fetches.bare.headers.a",
                "pages.\"https://app.example/\".more",
                "pages.\"https://app.example/\".list",
                "pages.\"https://app.example/\".bare",
                "cookies.api.example",
                "cookies.https://api.example",
                "pages.\"https://app.example/\"",
            ]
        );
        assert_has(
            &errors.to_string(),
            &[
                "write `omit`, `same-origin` or `include`",
                "write the host alone, as `api.example`",
                "write `https://app.example`",
            ],
        );
        assert_has(&Matrix::from_toml("[fetches").unwrap_err().to_string(), &["correct the syntax"]);
        assert_eq!(Matrix::from_toml("").unwrap_err().iter().count(), 2);
    }
}
