//! Pages fetch from the application.

use actix_web::{
    App, Error,
    body::MessageBody,
    dev::{Service, ServiceResponse},
    http::Method,
    test::{TestRequest, init_service, try_call_service},
};
use bytes::Bytes;
use fetch_cors_test::{Fetch, Page, cors_matrix};
use fetch_cors_test_actix::{cors, routes};

/// Sends one request to a service of actix-web.
async fn call<S, B>(service: &S, request: http::Request<Bytes>) -> http::Result<http::Response<()>>
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let method = Method::from_bytes(request.method().as_str().as_bytes()).expect("it is a method");
    let mut own = TestRequest::default().method(method).uri(&request.uri().to_string());
    for (name, value) in request.headers() {
        own = own.append_header((name.as_str(), value.as_bytes()));
    }
    let response = match try_call_service(service, own.set_payload(request.into_body()).to_request()).await {
        Ok(response) => response.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    };
    let mut answer = http::Response::builder().status(response.status().as_u16());
    for (name, value) in response.headers() {
        answer = answer.header(name.as_str(), value.as_bytes());
    }
    answer.body(())
}

#[actix_web::test]
async fn pages_read_what_they_should() {
    let service = init_service(App::new().configure(routes).wrap(cors())).await;
    let server = async |request| call(&service, request).await;
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
