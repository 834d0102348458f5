//! The middleware's settings.

use core::{fmt, future::Future, pin::Pin, time::Duration};
use std::sync::Arc;

use actix_web::dev::RequestHead;
use fetch_cors::server::{
    DEFAULT_LOOKUP_TIMEOUT, Decision, LookupFailure, OriginAnswer, OwnedPolicy, ReloadablePolicy,
};

use crate::RefusedRequest;

/// Puts a policy in front of an application.
///
/// Preflights are answered at once, with an empty body. So are the requests that a policy with
/// [`Enforcement::Server`](fetch_cors::server::Enforcement::Server) refuses. All other requests go to the application,
/// and its responses get the headers, errors included.
///
/// A clone shares all state. So call [`Cors::new`] outside the function that `HttpServer::new` calls for each worker.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
///
/// ```
/// use actix_web::{App, web};
/// use fetch_cors::server::{OriginPattern, Policy};
/// use fetch_cors_actix::Cors;
///
/// static POLICY: Policy<'static> =
///     Policy::builder(&[OriginPattern::new("https://*.app.example")]).methods("PUT").credentials().build_or_panic();
///
/// # #[actix_web::main]
/// # async fn main() {
/// let cors = Cors::new(&POLICY);
/// let app = App::new().route("/items", web::get().to(async || "items")).wrap(cors.clone());
/// # use actix_web::test;
/// # let app = test::init_service(app).await;
/// # let request = test::TestRequest::get().uri("/items").insert_header(("origin", "https://eu.app.example"));
/// # let response = test::call_service(&app, request.to_request()).await;
/// # assert_eq!(response.headers().get("access-control-allow-origin").unwrap(), "https://eu.app.example");
/// # }
/// ```
#[derive(Clone)]
pub struct Cors {
    policy: Source,
    lookup: Option<Arc<Lookup>>,
    timeout: Duration,
    on_refusal: Option<Arc<Hook>>,
}

#[derive(Clone)]
enum Source {
    Fixed(Arc<OwnedPolicy>),
    Reloadable(Arc<ReloadablePolicy>),
    ByRequest(Arc<Choice>),
}

type Choice = dyn Fn(&RequestHead) -> Arc<OwnedPolicy> + Send + Sync;
type Hook = dyn Fn(&RefusedRequest<'_>) + Send + Sync;
type Lookup = dyn Fn(String, RequestHead) -> Pin<Box<dyn Future<Output = Answer>>> + Send + Sync;
type Answer = Result<OriginAnswer, Box<dyn fmt::Display + Sync>>;

/// The outcome of a look-up.
pub(crate) enum LookedUp {
    Answered(OriginAnswer),
    Failed(Box<dyn fmt::Display + Sync>),
    TimedOut(Duration),
}

impl LookedUp {
    pub(crate) fn failure(&self) -> Option<LookupFailure<'_>> {
        match self {
            LookedUp::Answered(_) => None,
            LookedUp::Failed(error) => Some(LookupFailure::Failed(error)),
            LookedUp::TimedOut(limit) => Some(LookupFailure::TimedOut(*limit)),
        }
    }
}

impl Cors {
    /// A middleware with this policy: an [`OwnedPolicy`], an `Arc` of one, or a reference to a `static`
    /// [`Policy`](fetch_cors::server::Policy).
    pub fn new(policy: impl Into<Arc<OwnedPolicy>>) -> Self {
        Cors::of(Source::Fixed(policy.into()))
    }

    /// A middleware whose policy can be replaced while requests run. A running request keeps the policy that it started
    /// with.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use fetch_cors::server::{PolicyConfig, ReloadablePolicy};
    /// use fetch_cors_actix::Cors;
    ///
    /// let policy = Arc::new(ReloadablePolicy::new(PolicyConfig::new(["https://app.example"]).build()?));
    /// let cors = Cors::reloadable(Arc::clone(&policy));
    /// // Later, when the configuration has changed:
    /// policy.reload(&PolicyConfig::new(["https://new.example"]))?;
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn reloadable(policy: Arc<ReloadablePolicy>) -> Self {
        Cors::of(Source::Reloadable(policy))
    }

    /// A middleware that chooses a policy for each request, by its path or its host.
    ///
    /// The closure always returns a policy. For requests that should get no headers, return a policy that allows no
    /// origin: a `PolicyConfig::default()` with a predicate that is always `false`. If the choice depends on a header
    /// other than `Host`, add its name to `Vary` yourself.
    ///
    /// The value of `Host` may have a port, as in `api.example:8080`.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use actix_web::dev::RequestHead;
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors_actix::Cors;
    ///
    /// let public = Arc::new(PolicyConfig::new(["*"]).build()?);
    /// let admin = Arc::new(PolicyConfig::new(["https://admin.example"]).credentials().build()?);
    /// let cors = Cors::by_request(move |request: &RequestHead| {
    ///     Arc::clone(if request.uri.path().starts_with("/admin/") { &admin } else { &public })
    /// });
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn by_request(policy: impl Fn(&RequestHead) -> Arc<OwnedPolicy> + Send + Sync + 'static) -> Self {
        Cors::of(Source::ByRequest(Arc::new(policy)))
    }

    fn of(policy: Source) -> Self {
        Cors { policy, lookup: None, timeout: DEFAULT_LOOKUP_TIMEOUT, on_refusal: None }
    }

    /// Looks up the origins that no pattern matches, where the policy has an
    /// [external look-up](fetch_cors::server::Rule::external_lookup).
    ///
    /// `look_up` takes the origin, which is well-formed and never `null`, and a copy of the request's head. The origin is
    /// refused if the look-up returns an error, or is not done after [`DEFAULT_LOOKUP_TIMEOUT`], 2 seconds; a late look-up is
    /// dropped. The [hook](Cors::on_refusal) gets the [cause](RefusedRequest::lookup).
    /// [`lookup_timeout`](Cors::lookup_timeout) sets another limit.
    ///
    /// ```
    /// use actix_web::dev::RequestHead;
    /// use fetch_cors::server::{OriginAnswer, PolicyConfig};
    /// use fetch_cors_actix::Cors;
    ///
    /// async fn is_tenant(origin: String, _request: RequestHead) -> Result<OriginAnswer, std::io::Error> {
    ///     // Ask your database here.
    ///     Ok(if origin == "https://tenant.example" { OriginAnswer::Allowed } else { OriginAnswer::Refused })
    /// }
    ///
    /// let policy = PolicyConfig::new(["https://app.example"]).external_lookup().build()?;
    /// let cors = Cors::new(policy).with_lookup(is_tenant);
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    #[must_use]
    pub fn with_lookup<F, A, E>(mut self, look_up: F) -> Self
    where
        F: Fn(String, RequestHead) -> A + Send + Sync + 'static,
        A: Future<Output = Result<OriginAnswer, E>> + 'static,
        E: fmt::Display + Sync + 'static,
    {
        self.lookup = Some(Arc::new(move |origin, head| {
            let answer = look_up(origin, head);
            Box::pin(async move { answer.await.map_err(|error| Box::new(error) as Box<dyn fmt::Display + Sync>) })
        }));
        self
    }

    /// How long a look-up may take. The default is [`DEFAULT_LOOKUP_TIMEOUT`], 2 seconds.
    #[must_use]
    pub fn lookup_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Calls `hook` with each refused request: its origin is not allowed, its preflight cannot be answered, or its
    /// look-up failed. The hook runs before the application, so it must not block. By default there is no hook.
    ///
    /// ```
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors_actix::{Cors, RefusedRequest};
    ///
    /// let cors = Cors::new(PolicyConfig::new(["https://app.example"]).build()?).on_refusal(|refused: &RefusedRequest<'_>| {
    ///     eprintln!("{}: {} for {}", refused.code(), refused.refusal, refused.head.uri.path());
    /// });
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    #[must_use]
    pub fn on_refusal(mut self, hook: impl Fn(&RefusedRequest<'_>) + Send + Sync + 'static) -> Self {
        self.on_refusal = Some(Arc::new(hook));
        self
    }

    pub(crate) fn policy(&self, head: &RequestHead) -> Arc<OwnedPolicy> {
        match &self.policy {
            Source::Fixed(policy) => Arc::clone(policy),
            Source::Reloadable(policy) => policy.current(),
            Source::ByRequest(choose) => choose(head),
        }
    }

    pub(crate) fn looks_up(&self) -> bool {
        self.lookup.is_some()
    }

    /// Waits for the answer about an origin, up to the limit.
    pub(crate) async fn look_up(&self, origin: String, head: RequestHead) -> LookedUp {
        let Some(look_up) = &self.lookup else { return LookedUp::Answered(OriginAnswer::Refused) };
        match actix_web::rt::time::timeout(self.timeout, look_up(origin, head)).await {
            Ok(Ok(answer)) => LookedUp::Answered(answer),
            Ok(Err(error)) => LookedUp::Failed(error),
            Err(_) => LookedUp::TimedOut(self.timeout),
        }
    }

    pub(crate) fn report(&self, decision: &Decision<'_>, lookup: Option<LookupFailure<'_>>, head: &RequestHead) {
        if let Some(hook) = &self.on_refusal
            && let Some(refusal) = decision.refusal()
        {
            hook(&RefusedRequest { refusal, lookup, head });
        }
    }
}

impl fmt::Debug for Cors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cors").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
