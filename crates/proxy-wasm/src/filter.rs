//! The filters of a module: their policies, and the state of each request until its response comes.

use alloc::{boxed::Box, format, rc::Rc, string::String, vec, vec::Vec};

use fetch_cors::{
    header::Headers,
    server::{Decision, OwnedPolicy, RequestKind, SavedHeaders},
};

use crate::{
    contexts::Contexts,
    header_map::HeaderMap,
    policy::read_policy,
    proxy::{HostError, Level, Map, Proxy},
    response::Response,
};

/// What the proxy does after a callback. The numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The proxy continues.
    Continue = 0,
    /// The proxy waits, because the filter has answered.
    Pause = 1,
}

/// All filters of a module, with their requests.
#[derive(Debug)]
pub struct Filters<P> {
    proxy: P,
    counters: Option<Counters>,
    contexts: Contexts<Context>,
}

/// The kinds of context that the proxy has numbers for.
#[derive(Debug)]
enum Context {
    /// A filter, with its policy.
    Filter(Rc<OwnedPolicy>),
    Request(Box<Request>),
}

/// A request, from its first callback to its end. It keeps its policy even if the filter gets another one meanwhile.
#[derive(Debug)]
struct Request {
    policy: Rc<OwnedPolicy>,
    /// The headers for the response. `None` before the decision, and after they are written.
    saved: Option<SavedHeaders>,
}

#[derive(Clone, Copy, Debug)]
struct Counters {
    allowed: u32,
    refused: u32,
}

impl<P: Proxy> Filters<P> {
    /// Starts without a filter.
    pub const fn new(proxy: P) -> Self {
        Filters { proxy, counters: None, contexts: Contexts::new() }
    }

    /// Reads the policy of a filter. Returns whether it is valid. If not, each mistake is logged, and the proxy keeps
    /// its earlier configuration.
    pub fn on_configure(&mut self, filter: u32) -> bool {
        match self.configure() {
            Ok(policy) => {
                self.contexts.insert(filter, Context::Filter(Rc::new(policy)));
                true
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    self.proxy.log(Level::Error, &format!("fetch-cors: {mistake}"));
                }
                false
            }
        }
    }

    fn configure(&mut self) -> Result<OwnedPolicy, Vec<String>> {
        let refused =
            |what: &str, HostError(status): HostError| vec![format!("the proxy does not {what}: status {status}")];
        let configuration = self.proxy.configuration().map_err(|error| refused("give the configuration", error))?;
        let policy = read_policy(&configuration)?;
        policy.lint(|lint| self.proxy.log(Level::Warn, &format!("fetch-cors: {lint}")));
        if self.counters.is_none() {
            let counter = |name| self.proxy.define_counter(name).map_err(|error| refused("count", error));
            self.counters =
                Some(Counters { allowed: counter("fetch_cors.allowed")?, refused: counter("fetch_cors.refused")? });
        }
        Ok(policy)
    }

    /// Adds a new context: a filter, or a request of the filter `parent`.
    pub fn on_context_create(&mut self, context: u32, parent: u32) {
        if let Some(Context::Filter(policy)) = self.contexts.get(parent) {
            let request = Request { policy: Rc::clone(policy), saved: None };
            self.contexts.insert(context, Context::Request(Box::new(request)));
        }
    }

    /// Decides what to do with a request.
    pub fn on_request_headers(&mut self, context: u32) -> Action {
        let Some(Context::Request(request)) = self.contexts.get_mut(context) else { return Action::Continue };
        // A head that cannot be read counts as empty. It then has no `Origin`, so nothing is granted.
        let head = read_head(&self.proxy, Map::Request).unwrap_or_default();
        let lines = head.lines();
        let method = lines.iter().find(|(name, _)| *name == ":method").map_or(&b""[..], |(_, value)| value);
        let method = core::str::from_utf8(method).unwrap_or_default();
        let decision = request.policy.decide(method, Headers::from_pairs(&lines));
        if let Some(counters) = self.counters {
            count(&self.proxy, counters, &decision);
        }
        let status = match decision {
            Decision::Handle(headers) => {
                request.saved = Some(headers.save());
                return Action::Continue;
            }
            Decision::AnswerPreflight(answer) => answer.status(),
            Decision::Forbid(forbidden) => forbidden.status(),
        };
        let details = decision.refusal().map_or("preflight", |refusal| refusal.code());
        let mut answer = Response::default();
        let Ok(()) = decision.write(&mut answer);
        match self.proxy.respond(status, details, &answer.added()) {
            Ok(()) => Action::Pause,
            Err(HostError(status)) => {
                self.proxy
                    .log(Level::Error, &format!("fetch-cors: the proxy does not send an answer: status {status}"));
                Action::Continue
            }
        }
    }

    /// Writes the decision's headers into a response. The filter's own answers already have them.
    pub fn on_response_headers(&mut self, context: u32) {
        let Some(Context::Request(request)) = self.contexts.get_mut(context) else { return };
        let Some(saved) = request.saved.take() else { return };
        let Some(head) = read_head(&self.proxy, Map::Response) else { return };
        let mut response = Response::of_upstream(head.lines());
        let Ok(()) = request.policy.restore(&saved).write(&mut response);
        if let Err(HostError(status)) = response.apply(&self.proxy) {
            self.proxy.log(Level::Error, &format!("fetch-cors: the proxy does not change a header: status {status}"));
        }
    }

    /// Forgets a filter or a request.
    pub fn on_delete(&mut self, context: u32) {
        self.contexts.remove(context);
    }
}

/// The lines of a head. `None`, with a line in the log, if the proxy does not give them.
fn read_head(proxy: &impl Proxy, map: Map) -> Option<HeaderMap> {
    let refused = |HostError(status)| {
        proxy.log(Level::Error, &format!("fetch-cors: the proxy does not give the head {map:?}: status {status}"));
    };
    proxy.header_map(map).map_err(refused).ok()
}

/// Counts a request with `Origin`.
fn count(proxy: &impl Proxy, counters: Counters, decision: &Decision<'_>) {
    let counter = match decision.refusal() {
        Some(_) => counters.refused,
        None if decision.request_kind() == RequestKind::WithoutOrigin => return,
        None => counters.allowed,
    };
    // A missing count changes no answer.
    let _ = proxy.increment(counter);
}
