//! Calls of clients of `fetch()` and of superagent, and code that is not of a page.

use fetch_cors::browser::request::CredentialsMode;
use fetch_cors_read::{Api, Form, MistakeKind, PageBody};

use crate::common::{exchange, headers, mistake};

const JSON: &str = "Content-Type: application/json";

#[test]
fn calls_of_ky_and_ofetch_are_read() {
    for (call, form, method, lines) in [
        ("ky('https://api.example/a')", Form::Ky, None, &[][..]),
        ("await ky.get('https://api.example/a', { searchParams: { b: 1 } }).json()", Form::Ky, Some("GET"), &[]),
        ("const r = await ky.put('https://api.example/a', { json: { b: 1 } }).json();", Form::Ky, Some("PUT"), &[JSON]),
        ("ky('https://api.example/a', { method: 'put', body: 'b' })", Form::Ky, Some("PUT"), &[]),
        (
            "ky.post('https://api.example/a', { json, headers: { 'content-type': 'text/plain' } })",
            Form::Ky,
            Some("POST"),
            &["content-type: text/plain"],
        ),
        (
            "const api = ky.create({ prefixUrl: 'https://api.example', headers: { 'X-A': '1' } });\nconst f = async () => {\n  const r = await api.delete('a');\n}",
            Form::Ky,
            Some("DELETE"),
            &["X-A: 1"],
        ),
        (
            "const api = ky.extend({ prefixUrl: 'https://api.example/' })\napi.post('a', { json: b })",
            Form::Ky,
            Some("POST"),
            &[JSON],
        ),
        ("const r = await $fetch('https://api.example/a')", Form::Ofetch, None, &[]),
        (
            "$fetch<Item[]>('https://api.example/a', { method: 'post', body: { b: 1 } })",
            Form::Ofetch,
            Some("POST"),
            &[JSON],
        ),
        (
            "const { data } = await useFetch('/a', { baseURL: 'https://api.example', method: 'PUT', body: '{}' })",
            Form::Ofetch,
            Some("PUT"),
            &[JSON],
        ),
        (
            "const { data } = useLazyFetch('https://api.example/a', { query: { b: 1 }, server: false })",
            Form::Ofetch,
            None,
            &[],
        ),
        (
            "await ofetch('https://api.example/a', { method: 'POST', body: new FormData() })",
            Form::Ofetch,
            Some("POST"),
            &[],
        ),
    ] {
        for code in [
            call.to_owned(),
            format!("import x from 'x'\n\n{call}\n"),
            format!("export const load = async () => {{\n  try {{\n    {call}\n  }} catch (error) {{}}\n}}\n"),
        ] {
            let read = exchange(&code);
            assert_eq!((read.form, read.request.api), (form, Some(Api::Fetch)), "{code}");
            assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{code}");
            assert_eq!(
                (read.request.method.as_deref(), headers(&read)),
                (method, lines.iter().map(|line| (*line).to_owned()).collect()),
                "{code}"
            );
        }
    }
    let read = exchange("ky.post('https://api.example/a', { body: new FormData(), credentials: 'include' })");
    assert_eq!(
        (read.request.body, read.request.credentials),
        (Some(PageBody::FormData), Some(CredentialsMode::Include))
    );
}

#[test]
fn chain_of_superagent_is_one_request() {
    for (call, method, lines, api) in [
        ("request.get('https://api.example/a').end(f)", "GET", &[][..], Api::XmlHttpRequest),
        ("superagent('PUT', 'https://api.example/a').send({ b: 1 })", "PUT", &[JSON], Api::XmlHttpRequest),
        (
            "superagent\n  .post('https://api.example/a')\n  .send({ b: 1 })\n  .set('X-A', '1')\n  .then(f)",
            "POST",
            &["X-A: 1", JSON],
            Api::XmlHttpRequest,
        ),
        (
            "const r = await request.patch('https://api.example/a').set({ 'X-A': '1' }).type('form').send({ b: 1 });",
            "PATCH",
            &["X-A: 1", "Content-Type: application/x-www-form-urlencoded"],
            Api::XmlHttpRequest,
        ),
        ("request.del('https://api.example/a').query({ b: 1 }).retry(2)", "DELETE", &[], Api::XmlHttpRequest),
        (
            "request.post('https://api.example/a').attach('b', file).on('progress', (event) => { log(event) })",
            "POST",
            &[],
            Api::XmlHttpRequestWithUploadListener,
        ),
    ] {
        for code in
            [call.to_owned(), format!("import request from 'superagent';\n\nfunction load() {{\n  {call}\n}}\n")]
        {
            let read = exchange(&code);
            assert_eq!((read.form, read.request.api), (Form::SuperAgent, Some(api)), "{code}");
            assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{code}");
            assert_eq!(
                (read.request.method.as_deref(), headers(&read)),
                (Some(method), lines.iter().map(|line| (*line).to_owned()).collect()),
                "{code}"
            );
        }
    }
    let read = exchange("request.post('https://api.example/a').withCredentials().auth('b', 'c').send('d=e')");
    assert_eq!(read.request.credentials, Some(CredentialsMode::Include));
    assert_eq!(headers(&read).len(), 2);
}

#[test]
fn options_that_are_not_data_are_mistakes() {
    for (code, column) in [
        ("ky.post('https://api.example/a', options)", 34),
        ("$fetch('https://api.example/a', options)", 33),
        ("ky(url)", 4),
        ("request.get(url).end(f)", 13),
    ] {
        assert_eq!(mistake(code), (MistakeKind::NotData, 1, column), "{code}");
    }
}

#[test]
fn code_that_is_not_of_a_page_is_named() {
    for (code, line) in [
        (
            "OkHttpClient client = new OkHttpClient();\nRequest request = new Request.Builder().url(\"https://api.example/a\").build();",
            1,
        ),
        ("@GET(\"items\")\nCall<List<Item>> items(@Header(\"Authorization\") String a);", 1),
        (
            "HttpRequest request = HttpRequest.newBuilder()\n    .uri(URI.create(\"https://api.example/a\"))\n    .build();",
            1,
        ),
        ("var client = new HttpClient();\nvar answer = await client.GetAsync(\"https://api.example/a\");", 1),
        ("require 'net/http'\nanswer = Net::HTTP.get(URI('https://api.example/a'))", 2),
        (
            "<?php\n$curl = curl_init('https://api.example/a');\ncurl_setopt($curl, CURLOPT_HTTPHEADER, ['Origin: https://app.example']);",
            2,
        ),
        ("$client = new \\GuzzleHttp\\Client();\n$client->request('PUT', 'https://api.example/a');", 1),
        ("import requests\n\nrequests.put('https://api.example/a', json={'a': 1})", 1),
        ("async with httpx.AsyncClient() as client:\n    await client.get('https://api.example/a')", 1),
        ("request, err := http.NewRequest(\"PUT\", \"https://api.example/a\", nil)", 1),
        ("let answer = reqwest::Client::new().put(\"https://api.example/a\").send().await?;", 1),
        ("final answer = await http.get(Uri.parse('https://api.example/a'));", 1),
        ("import got from 'got';\nawait got.put('https://api.example/a', { json: {} });", 1),
        (
            "const axios = require('axios');\nconst https = require('https');\naxios.get('https://api.example/a', { httpsAgent: new https.Agent() });",
            2,
        ),
        ("const fetch = require(\"node-fetch\");\nfetch('https://api.example/a', { method: 'PUT' });", 1),
    ] {
        assert_eq!(mistake(code), (MistakeKind::OtherProgram, line, 1), "{code}");
    }
    // A session that shows an answer is not only code.
    let read = exchange(
        ">>> import requests\n>>> r = requests.get('https://api.example/a')\n>>> r.headers\n{'Vary': 'Origin'}\n",
    );
    assert_eq!((read.form, read.heads.len()), (Form::HeaderMap, 1));
    assert_eq!(exchange("import http from './http'\nfetch('https://api.example/a')").form, Form::Fetch);
}
