//! An application of actix-web behind actix-cors.

use actix_cors::Cors;
use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

/// The routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/items", web::get().to(async || HttpResponse::Ok().insert_header((header::ETAG, "\"1\"")).body("items")))
        .route("/items/{id}", web::put().to(async || HttpResponse::NoContent()));
}

/// The origins that may read them.
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example")
        .allowed_methods(["GET", "PUT", "DELETE"])
        .allowed_header(header::CONTENT_TYPE)
        .expose_headers([header::ETAG])
        .supports_credentials()
        .max_age(600)
}
