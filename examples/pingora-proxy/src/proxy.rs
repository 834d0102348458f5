//! The callbacks of pingora: one decides on the request, and another writes the headers of its response.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use fetch_cors::{
    header::Headers,
    server::{Decision, OwnedPolicy, SavedHeaders, Start},
};
use pingora_core::{Error, ErrorSource, ErrorType, Result, upstreams::peer::HttpPeer};
use pingora_http::ResponseHeader;
use pingora_proxy::{FailToProxy, ProxyHttp, Session};

use crate::{policy::PolicyFile, response::Response, tenants};

/// A reverse proxy with a policy.
pub(crate) struct CorsProxy {
    pub(crate) policy: Arc<PolicyFile>,
    pub(crate) upstream: String,
}

/// The state of a request until its response: the decision, and the policy that made it. A reload does not change them.
pub(crate) struct Kept {
    policy: Arc<OwnedPolicy>,
    saved: SavedHeaders,
}

impl Kept {
    /// Replaces the upstream's CORS headers.
    fn write(&self, response: &mut ResponseHeader) -> Result<()> {
        self.policy.restore(&self.saved).write(&mut Response(response))
    }
}

#[async_trait]
impl ProxyHttp for CorsProxy {
    type CTX = Option<Kept>;

    fn new_ctx(&self) -> Self::CTX {
        None
    }

    async fn request_filter(&self, session: &mut Session, kept: &mut Self::CTX) -> Result<bool> {
        let policy = self.policy.policy();
        let request = session.req_header();
        let decision = match policy.begin(request.method.as_str(), Headers::from(&request.headers)) {
            Start::Decided(decision) => decision,
            Start::Lookup(lookup) => lookup.resume(tenants::look_up(lookup.origin()).await),
        };
        if let Some(refusal) = decision.refusal() {
            eprintln!("refused: {refusal}");
        }
        if let Decision::Handle(headers) = decision {
            let saved = headers.save();
            *kept = Some(Kept { policy, saved });
            return Ok(false);
        }
        let status = decision.status().unwrap_or(403);
        let mut answer = ResponseHeader::build(status, None)?;
        // A response with the status 204 has no `Content-Length`.
        if status != 204 {
            answer.insert_header("Content-Length", "0")?;
        }
        decision.write(&mut Response(&mut answer))?;
        session.write_response_header(Box::new(answer), true).await?;
        Ok(true)
    }

    async fn upstream_peer(&self, _: &mut Session, _: &mut Self::CTX) -> Result<Box<HttpPeer>> {
        Ok(Box::new(HttpPeer::new(self.upstream.as_str(), false, String::new())))
    }

    async fn response_filter(
        &self,
        _: &mut Session,
        response: &mut ResponseHeader,
        kept: &mut Self::CTX,
    ) -> Result<()> {
        match kept {
            Some(kept) if !response.status.is_informational() => kept.write(response),
            _ => Ok(()),
        }
    }

    /// An error of the proxy itself also gets the headers, so that a page can read it.
    async fn fail_to_proxy(&self, session: &mut Session, error: &Error, kept: &mut Self::CTX) -> FailToProxy {
        let error_code = match (error.etype(), error.esource()) {
            (ErrorType::HTTPStatus(status), _) => *status,
            (_, ErrorSource::Upstream) => 502,
            // The connection to the client is closed.
            (ErrorType::WriteError | ErrorType::ReadError | ErrorType::ConnectionClosed, ErrorSource::Downstream) => 0,
            (_, ErrorSource::Downstream) => 400,
            _ => 500,
        };
        if error_code > 0
            && let Ok(mut response) = ResponseHeader::build(error_code, None)
            && response.insert_header("Content-Length", "0").is_ok()
            && kept.as_ref().is_none_or(|kept| kept.write(&mut response).is_ok())
            && let Err(error) = session.as_downstream_mut().write_error_response(response, Bytes::new()).await
        {
            eprintln!("no response: {error}");
        }
        FailToProxy { error_code, can_reuse_downstream: false }
    }
}
