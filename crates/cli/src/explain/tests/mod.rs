mod again;
mod browsers;
mod exchanges;
mod failures;
