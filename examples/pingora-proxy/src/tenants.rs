//! Look-ups of origins that no pattern matches, with a stand-in for a database.

use std::{future, time::Duration};

use fetch_cors::server::OriginAnswer;
use tokio::time::timeout;

/// How long a request waits for the database.
const LIMIT: Duration = Duration::from_millis(500);

/// The database gave no answer.
struct Unavailable;

async fn find_tenant(origin: &str) -> Result<OriginAnswer, Unavailable> {
    match origin {
        "https://tenant.example" => Ok(OriginAnswer::Allowed),
        "https://failing.example" => Err(Unavailable),
        "https://slow.example" => future::pending().await,
        _ => Ok(OriginAnswer::Refused),
    }
}

/// Looks an origin up. After an error, or without an answer in time, it is refused, and the reason is printed.
pub(crate) async fn look_up(origin: &str) -> OriginAnswer {
    match timeout(LIMIT, find_tenant(origin)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(Unavailable)) => refuse(origin, "the look-up fails"),
        Err(_) => refuse(origin, "the look-up takes too long"),
    }
}

fn refuse(origin: &str, reason: &str) -> OriginAnswer {
    eprintln!("refused {origin}: {reason}");
    OriginAnswer::Refused
}
