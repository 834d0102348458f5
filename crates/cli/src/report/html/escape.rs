//! Text in HTML.

/// The text, escaped for HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML allows no control characters. They are replaced, so that none is hidden.
            control if control.is_control() && control != '\n' && control != '\t' => out.push('\u{fffd}'),
            character => out.push(character),
        }
    }
    out
}

/// A sentence in HTML: text between backquotes becomes code, and addresses of standards become links.
pub fn marked_up(text: &str) -> String {
    let mut out = String::new();
    let mut pieces = text.split('`').peekable();
    let mut is_code = false;
    while let Some(piece) = pieces.next() {
        // A last backquote without a partner is text.
        match (is_code, pieces.peek()) {
            (true, Some(_)) => out.push_str(&format!("<code>{}</code>", escaped(piece))),
            (true, None) => out.push_str(&format!("`{}", escaped(piece))),
            (false, _) => out.push_str(&with_links(piece)),
        }
        is_code = !is_code;
    }
    out
}

/// Makes links of addresses of standards. They come from this program; no text of the exchange becomes a link.
fn with_links(text: &str) -> String {
    let Some((before, rest)) = text.split_once("(https://") else { return escaped(text) };
    let Some((address, after)) = rest.split_once(')') else { return escaped(text) };
    let is_ours = ["fetch.spec.whatwg.org/", "xhr.spec.whatwg.org/"].iter().any(|site| address.starts_with(site));
    if !is_ours {
        return escaped(text);
    }
    let address = escaped(address);
    format!("{}(<a href=\"https://{address}\">{address}</a>){}", escaped(before), with_links(after))
}

#[cfg(test)]
mod tests {
    use super::{escaped, marked_up};

    #[test]
    fn text_in_html_is_escaped_except_code_and_spec_links() {
        assert_eq!(escaped("<a href=\"x\">'&\u{1b}\0"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u{fffd}\u{fffd}");
        for (text, html) in [
            ("a `b<` c", "a <code>b&lt;</code> c"),
            ("a ` b", "a ` b"),
            ("`a``b`", "<code>a</code><code>b</code>"),
            ("(https://evil.example/)", "(https://evil.example/)"),
            (
                "step 4 (https://fetch.spec.whatwg.org/#concept-cors-check) x",
                "step 4 (<a href=\"https://fetch.spec.whatwg.org/#concept-cors-check\">fetch.spec.whatwg.org/#concept-cors-check</a>) x",
            ),
            ("(https://fetch.spec.whatwg.org/#\"x", "(https://fetch.spec.whatwg.org/#&quot;x"),
        ] {
            assert_eq!(marked_up(text), html);
        }
    }
}
