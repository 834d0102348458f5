//! Panels of browsers in another language than English.

use fetch_cors_read::Form;

use crate::common::{asked, exchange, head, shapes};

#[test]
fn translated_panel_is_read_by_its_values() {
    for (url, method, status, response, request) in [
        ("Anfrage-URL", "Anfragemethode", "Statuscode", "Antwortheader", "Anfrageheader"),
        (
            "URL de la requ\u{ea}te ",
            "M\u{e9}thode de la requ\u{ea}te ",
            "Code d'\u{e9}tat ",
            "En-t\u{ea}tes de r\u{e9}ponse",
            "En-t\u{ea}tes de requ\u{ea}te",
        ),
        (
            "URL de solicitud",
            "M\u{e9}todo de solicitud",
            "C\u{f3}digo de estado",
            "Encabezados de respuesta",
            "Encabezados de solicitud",
        ),
        (
            "\u{8bf7}\u{6c42}\u{7f51}\u{5740}",
            "\u{8bf7}\u{6c42}\u{65b9}\u{6cd5}",
            "\u{72b6}\u{6001}\u{7801}",
            "\u{54cd}\u{5e94}\u{6807}\u{5934}",
            "\u{8bf7}\u{6c42}\u{6807}\u{5934}",
        ),
    ] {
        for colon in [": ", "\u{FF1A}"] {
            let general = format!(
                "{url}{colon}https://api.example/a\n{method}{colon}PUT\n{status}{colon}403 Forbidden\nX{colon}192.0.2.1:443\n"
            );
            let text = format!(
                "{general}\n{response}\naccess-control-allow-origin: *\nx-b: 2\n\n{request}\norigin: https://app.example\nx-a: 1\n"
            );
            for text in shapes(&text) {
                let read = exchange(&text);
                assert_eq!(
                    (read.form, head(&read)),
                    (Form::HeaderLines, (403, vec!["access-control-allow-origin: *".into(), "x-b: 2".into()])),
                    "{text}"
                );
                assert_eq!(
                    asked(&read),
                    ("PUT https://api.example/a".into(), Some("https://app.example"), vec!["x-a: 1".into()]),
                    "{text}"
                );
            }
        }
    }
}
