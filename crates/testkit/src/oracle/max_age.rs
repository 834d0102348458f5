/// The seconds that these lines of `Access-Control-Max-Age` give, without a limit of the browser's.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.8–7.9, but that a negative number which 64 bits hold is 0, as
/// in the tests of the standard; a number too great for 32 bits is the greatest.
pub fn max_age(lines: &[Vec<u8>]) -> u32 {
    // 8. One header is what the grammar of the name allows.
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
