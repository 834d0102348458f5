use fetch_cors::header::HeaderName;
use fetch_cors_read::{Colon, Exchange, Head, HeadStatus, Pasted, ReadError, read};

/// A text must give an error with its positions, or something read. Heads that are read and written as curl does must
/// be read as equal heads.
pub fn run(data: &[u8]) {
    match read(data) {
        Ok(Pasted::Exchange(exchange)) => {
            assert!(!exchange.to_string().is_empty());
            exchange.notes.iter().for_each(|note| assert!(!note.to_string().is_empty() && !note.kind.code().is_empty()));
            exchange.heads.iter().for_each(is_head);
            let names = exchange.request.headers.iter().map(|header| header.value_or_stand_in());
            assert!(names.count() <= data.len());
            again(&exchange);
        }
        Ok(Pasted::Har(har)) => super::har::holds(&har),
        Ok(_) => unreachable!("no other kind exists"),
        Err(error) => is_complete(&error, data),
    }
}

/// Every mistake must have a position within the text, a reason and a fix.
pub(super) fn is_complete(error: &ReadError, data: &[u8]) {
    assert!(!error.mistakes.is_empty() && error.mistakes.len() <= 20, "{error:?}");
    let lines = data.split(|byte| *byte == b'\n').count();
    for mistake in &error.mistakes {
        assert!((1..=lines).contains(&mistake.place.line) && mistake.place.column >= 1, "{mistake:?}");
        assert!(mistake.to_string().contains(mistake.fix()));
    }
}

fn is_head(head: &Head) {
    assert!((100..=599).contains(&head.status.code()), "{head:?}");
    for line in &head.lines {
        assert!(HeaderName::new(&line.name).is_ok() || line.name.starts_with(':'), "{line:?}");
        assert!(!line.value.contains(&b'\n'), "{line:?}");
    }
}

/// The heads, written as `curl -i` prints them, must be read as equal heads.
fn again(exchange: &Exchange) {
    let mut text = Vec::new();
    for Head { status, lines, .. } in &exchange.heads {
        text.extend(format!("HTTP/1.1 {}\n", status.code()).into_bytes());
        for line in lines {
            let blank = if line.colon == Colon::AfterBlank { " " } else { "" };
            text.extend([line.name.as_bytes(), blank.as_bytes(), b": ", &line.value, b"\n"].concat());
        }
        text.push(b'\n');
    }
    let interim = |head: &Head| (100..=199).contains(&head.status.code());
    let counted = |head: &Head| head.lines.iter().any(|line| line.name.eq_ignore_ascii_case("content-length"));
    // Heads that curl would not print, or would print with a body.
    if exchange.heads.is_empty() || exchange.heads.iter().any(|head| interim(head) || counted(head)) {
        return;
    }
    let Ok(Pasted::Exchange(read)) = read(&text) else { panic!("{}", String::from_utf8_lossy(&text)) };
    let plain = |head: &Head| (HeadStatus::Given(head.status.code()), head.lines.clone());
    assert!(read.heads.iter().map(plain).eq(exchange.heads.iter().map(plain)), "{}", String::from_utf8_lossy(&text));
}
