use super::{Header, is_token, strip};

/// For a name whose ABNF is `#method` or `#field-name`: null, failure, or the values.
///
/// <https://fetch.spec.whatwg.org/#extract-header-list-values>
pub fn extract_header_list_values(name: &[u8], list: &[Header]) -> Option<Result<Vec<Vec<u8>>, ()>> {
    // 1.
    if !list.iter().any(|header| header.0.eq_ignore_ascii_case(name)) {
        return None;
    }
    // 2 is for names with other grammars. 3.
    let mut values = Vec::new();
    // 4.
    for header in list.iter().filter(|header| header.0.eq_ignore_ascii_case(name)) {
        // 4.1–4.2.
        let Some(extract) = parse_a_list_of_tokens(&header.1) else { return Some(Err(())) };
        // 4.3.
        values.extend(extract);
    }
    // 5.
    Some(Ok(values))
}

/// `#token`, by the grammar for recipients: `[ element ] *( OWS "," OWS [ element ] )`.
///
/// <https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient>
fn parse_a_list_of_tokens(value: &[u8]) -> Option<Vec<Vec<u8>>> {
    let elements = value.split(|byte| *byte == b',').map(|element| strip(element, b"\t "));
    let elements: Vec<Vec<u8>> = elements.filter(|element| !element.is_empty()).collect();
    if elements.iter().all(|element| is_token(element)) { Some(elements) } else { None }
}
