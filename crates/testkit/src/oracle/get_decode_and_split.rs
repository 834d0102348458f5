use super::{collect, strip};

/// <https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>
pub fn get_decode_and_split(input: &[u8]) -> Vec<Vec<u8>> {
    // 1 does nothing, because the input is bytes. 2.
    let mut position = 0;
    // 3.
    let mut values = Vec::new();
    // 4.
    let mut temporary_value = Vec::new();
    // 5.
    loop {
        // 5.1.
        temporary_value.extend(collect(input, &mut position, |byte| byte != b'"' && byte != b','));
        // 5.2.
        if position < input.len() && input[position] == b'"' {
            // 5.2.1.
            temporary_value.extend(collect_an_http_quoted_string(input, &mut position, false));
            // 5.2.2.
            if position < input.len() {
                continue;
            }
        }
        // 5.3–5.4.
        values.push(strip(&temporary_value, b"\t "));
        // 5.5.
        temporary_value = Vec::new();
        // 5.6.
        if position >= input.len() {
            return values;
        }
        // 5.7.
        assert_eq!(input[position], b',');
        // 5.8.
        position += 1;
    }
}

/// <https://fetch.spec.whatwg.org/#collect-an-http-quoted-string>
pub fn collect_an_http_quoted_string(input: &[u8], position: &mut usize, extract_value: bool) -> Vec<u8> {
    // 1.
    let position_start = *position;
    // 2.
    let mut value = Vec::new();
    // 3.
    assert_eq!(input[*position], b'"');
    // 4.
    *position += 1;
    // 5.
    loop {
        // 5.1.
        value.extend(collect(input, position, |byte| byte != b'"' && byte != b'\\'));
        // 5.2.
        if *position >= input.len() {
            break;
        }
        // 5.3.
        let quote_or_backslash = input[*position];
        // 5.4.
        *position += 1;
        // 5.5.
        if quote_or_backslash == b'\\' {
            // 5.5.1.
            if *position >= input.len() {
                value.push(b'\\');
                break;
            }
            // 5.5.2.
            value.push(input[*position]);
            // 5.5.3.
            *position += 1;
        } else {
            // 5.6.
            assert_eq!(quote_or_backslash, b'"');
            break;
        }
    }
    // 6–7.
    if extract_value { value } else { input[position_start..*position].to_vec() }
}
