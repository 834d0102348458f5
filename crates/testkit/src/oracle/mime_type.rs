use super::{collect, get_decode_and_split::collect_an_http_quoted_string, is_token, strip};

/// <https://mimesniff.spec.whatwg.org/#mime-type>
#[derive(Debug, PartialEq)]
pub struct MimeType {
    pub essence: Vec<u8>,
    pub parameters: Vec<(Vec<u8>, Vec<u8>)>,
}

const HTTP_WHITESPACE: &[u8] = b"\t\n\r ";

/// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
pub fn parse_a_mime_type(input: &[u8]) -> Option<MimeType> {
    let mut mime_type = with_all_parameters(input)?;
    // 11.10.
    for (name, value) in core::mem::take(&mut mime_type.parameters) {
        let name = name.to_ascii_lowercase();
        if mime_type.parameters.iter().all(|parameter| parameter.0 != name) {
            mime_type.parameters.push((name, value));
        }
    }
    Some(mime_type)
}

/// Parses as WebKit does, with a list of names and with values by name.
pub fn parse_as_webkit(input: &[u8]) -> Option<MimeType> {
    let mut mime_type = with_all_parameters(input)?;
    for (name, value) in core::mem::take(&mut mime_type.parameters) {
        // It looks for the name as written, among names in lower case.
        if mime_type.parameters.iter().any(|parameter| parameter.0 == name) {
            continue;
        }
        let name = name.to_ascii_lowercase();
        for parameter in mime_type.parameters.iter_mut().filter(|parameter| parameter.0 == name) {
            parameter.1.clone_from(&value);
        }
        mime_type.parameters.push((name, value));
    }
    Some(mime_type)
}

/// All valid parameters, with their names as written.
fn with_all_parameters(input: &[u8]) -> Option<MimeType> {
    // 1.
    let input = &strip(input, HTTP_WHITESPACE)[..];
    // 2.
    let mut position = 0;
    // 3.
    let type_ = collect(input, &mut position, |byte| byte != b'/');
    // 4.
    if !is_token(&type_) {
        return None;
    }
    // 5.
    if position >= input.len() {
        return None;
    }
    // 6.
    position += 1;
    // 7.
    let mut subtype = collect(input, &mut position, |byte| byte != b';');
    // 8.
    while subtype.last().is_some_and(|byte| HTTP_WHITESPACE.contains(byte)) {
        subtype.pop();
    }
    // 9.
    if !is_token(&subtype) {
        return None;
    }
    // 10.
    let essence = [type_.to_ascii_lowercase(), subtype.to_ascii_lowercase()].join(&b'/');
    let mut mime_type = MimeType { essence, parameters: Vec::new() };
    // 11.
    while position < input.len() {
        // 11.1.
        position += 1;
        // 11.2.
        collect(input, &mut position, |byte| HTTP_WHITESPACE.contains(&byte));
        // 11.3–11.4.
        let name = collect(input, &mut position, |byte| byte != b';' && byte != b'=');
        // 11.5.
        if position < input.len() {
            if input[position] == b';' {
                continue;
            }
            position += 1;
        }
        // 11.6.
        if position >= input.len() {
            break;
        }
        // 11.7–11.8.
        let value = if input[position] == b'"' {
            let value = collect_an_http_quoted_string(input, &mut position, true);
            collect(input, &mut position, |byte| byte != b';');
            value
        } else {
            // 11.9.
            let mut value = collect(input, &mut position, |byte| byte != b';');
            while value.last().is_some_and(|byte| HTTP_WHITESPACE.contains(byte)) {
                value.pop();
            }
            if value.is_empty() {
                continue;
            }
            value
        };
        // 11.10.
        let quoted_string_token = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~' | 0x80..=0xFF);
        if is_token(&name) && value.iter().all(quoted_string_token) {
            mime_type.parameters.push((name, value));
        }
    }
    // 12.
    Some(mime_type)
}

/// <https://mimesniff.spec.whatwg.org/#serialize-a-mime-type-to-bytes>
pub fn serialize_a_mime_type(mime_type: &MimeType) -> Vec<u8> {
    // 1.
    let mut serialization = mime_type.essence.clone();
    // 2.
    for (name, value) in &mime_type.parameters {
        // 2.1–2.3.
        serialization.push(b';');
        serialization.extend(name);
        serialization.push(b'=');
        // 2.4.
        if is_token(value) {
            serialization.extend(value);
            continue;
        }
        serialization.push(b'"');
        for byte in value {
            if *byte == b'"' || *byte == b'\\' {
                serialization.push(b'\\');
            }
            serialization.push(*byte);
        }
        serialization.push(b'"');
    }
    // 3.
    serialization
}
