/// The seconds of these lines of `Access-Control-Max-Age`, without a browser's limit.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.8–7.9. As in web-platform-tests, a negative number that
/// fits into 64 bits counts as 0. A number above 32 bits counts as the greatest of 32 bits.
pub fn max_age(lines: &[Vec<u8>]) -> u32 {
    // 8. The grammar of the name allows one header.
    let [line] = lines else { return 5 };
    let line = String::from_utf8_lossy(line);
    let (sign, digits) = match line.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", &line[..]),
    };
    // 9.
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return 5;
    }
    match (sign, digits.trim_start_matches('0')) {
        ("-", _) => line.parse::<i64>().map_or(5, |_| 0),
        (_, "") => 0,
        (_, digits) if digits.len() > 10 => u32::MAX,
        (_, digits) => u32::try_from(digits.parse::<u64>().unwrap()).unwrap_or(u32::MAX),
    }
}
