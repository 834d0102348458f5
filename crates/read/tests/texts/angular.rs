//! Calls of Angular's `HttpClient`.

use crate::common::{exchange, headers};
use fetch_cors::browser::request::CredentialsMode;
use fetch_cors_read::{Api, Form, MistakeKind, PageBody, read};

const JSON: &str = "Content-Type: application/json";
const TEXT: &str = "Content-Type: text/plain";

#[test]
fn calls_are_read() {
    let text = |text: &str| Some(PageBody::Text(text.into()));
    for (call, method, lines, body) in [
        ("this.http.get('https://api.example/a')", "GET", &[][..], None),
        (
            "  load(id: number): Observable<Item[]> {\n    return this.http.get<Item[]>(`https://api.example/a`, {\n      params: { q: 1 }, observe: 'response',\n    }).pipe(catchError(this.handle));\n  }",
            "GET",
            &[],
            None,
        ),
        ("this._http.post('https://api.example/a', { a: 1 })", "POST", &[JSON], text("")),
        ("await firstValueFrom(this.httpClient.put('https://api.example/a', item))", "PUT", &[JSON], text("")),
        ("this.http.patch('https://api.example/a', 'a=b')", "PATCH", &[TEXT], text("a=b")),
        ("this.http.post('https://api.example/a', JSON.stringify(a))", "POST", &[TEXT], text("")),
        ("this.http.post('https://api.example/a', null)", "POST", &[], None),
        ("this.http.post('https://api.example/a', new FormData())", "POST", &[], Some(PageBody::FormData)),
        (
            "this.http.post('https://api.example/a', new HttpParams({ fromString: 'a=b' }))",
            "POST",
            &["Content-Type: application/x-www-form-urlencoded;charset=UTF-8"],
            text(""),
        ),
        (
            "const headers = new HttpHeaders({ 'X-A': '1' });\nthis.http.delete('https://api.example/a', { headers, body: { a: 1 } })",
            "DELETE",
            &["X-A: 1", JSON],
            text(""),
        ),
        (
            "this.http.post('https://api.example/a', {}, { headers: { 'content-type': 'text/plain' } })",
            "POST",
            &["content-type: text/plain"],
            text(""),
        ),
        ("this.http.request('REPORT', 'https://api.example/a', { body: 'a' })", "REPORT", &[TEXT], text("a")),
    ] {
        let read = exchange(call);
        assert_eq!((read.form, read.request.api), (Form::Angular, Some(Api::XmlHttpRequest)), "{call}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{call}");
        assert_eq!(read.request.method.as_deref(), Some(method), "{call}");
        assert_eq!(
            (headers(&read), &read.request.body),
            (lines.iter().map(|line| (*line).to_owned()).collect(), &body),
            "{call}"
        );
        assert_eq!(read.request.credentials, None, "{call}");
    }
}

#[test]
fn credentials_and_progress_are_read() {
    let with = exchange("this.http.put('https://api.example/a', f, { withCredentials: true, reportProgress: true })");
    assert_eq!(with.request.credentials, Some(CredentialsMode::Include));
    assert_eq!(with.request.api, Some(Api::XmlHttpRequestWithUploadListener));
    // Without a body nothing is uploaded, so the client listens to the download alone.
    let without = exchange("this.http.get('https://api.example/a', { withCredentials: false, reportProgress: true })");
    assert_eq!((without.request.credentials, without.request.api), (None, Some(Api::XmlHttpRequest)));
}

#[test]
fn headers_that_are_no_literals_are_mistakes() {
    for call in [
        "this.http.get('https://api.example/a', { headers: this.headers() })",
        "this.http.get('https://api.example/a', { headers: new HttpHeaders().set('X-A', '1') })",
        "this.http.get('https://api.example/a', this.options)",
        "this.http.get(this.url)",
    ] {
        let error = read(call.as_bytes()).expect_err(call);
        assert!(error.mistakes.iter().any(|mistake| mistake.kind == MistakeKind::NotData), "{call}\n{error:?}");
    }
}
