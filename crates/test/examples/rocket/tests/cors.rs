//! Pages fetch from the application.

use bytes::Bytes;
use fetch_cors_test::{Fetch, Page, cors_matrix};
use fetch_cors_test_rocket::application;
use rocket::{
    http::{Header, Method},
    local::asynchronous::Client,
};

/// Sends one request to an application of Rocket.
async fn call(client: &Client, request: http::Request<Bytes>) -> http::Result<http::Response<()>> {
    let method: Method = request.method().as_str().parse().expect("Rocket knows the method");
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let mut own = client.req(method, path);
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        own = own.header(Header::new(name.as_str().to_owned(), value));
    }
    let response = own.body(request.into_body()).dispatch().await;
    let mut answer = http::Response::builder().status(response.status().code);
    for header in response.headers().iter() {
        answer = answer.header(header.name().as_str(), header.value());
    }
    answer.body(())
}

#[rocket::async_test]
async fn pages_read_what_they_should() {
    let client = Client::untracked(application()).await.expect("the application starts");
    let server = async |request| call(&client, request).await;
    Page::of("https://app.example")
        .fetch(&server, Fetch::put("https://api.example/items/7").json().credentials())
        .await
        .assert_readable();
    let matrix = cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
            with_cookies = Fetch::get("https://api.example/items").credentials();
            change = Fetch::put("https://api.example/items/7").json().credentials();
            patch = Fetch::patch("https://api.example/items/7").json();
            token = Fetch::get("https://api.example/items").header("authorization", "Bearer 1");
            missing = Fetch::get("https://api.example/nowhere");
        }
        pages                     list      with_cookies  change    patch    token    missing;
        "https://app.example"     readable  readable      readable  refused  refused  readable;
        "https://other.example"   refused   refused       refused   refused  refused  refused;
        "null"                    refused   refused       refused   refused  refused  refused;
    };
    matrix.ask(&server).await.assert();
}
