mod again;
mod browsers;
mod exchanges;
