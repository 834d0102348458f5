//! A step of a case.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, NetworkError, Outcome, Profile, RequestInit, Url,
        cross_origin_resource_policy::IncludesCredentials, fetch, preflight::PreflightRequest,
        request::CredentialsMode,
    },
    header::Headers,
    origin::Origin,
};

use crate::{
    cases::{Lines, Step},
    wire::{Adapter, Answer},
};

/// The browsers that take each step.
pub const BROWSERS: [(&str, &Profile); 3] =
    [("Chromium", &Profile::CHROMIUM), ("Firefox", &Profile::FIREFOX), ("WebKit", &Profile::WEBKIT)];

/// The outcome of a step.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// The status that the page reads, and the names of the headers that it reads apart from CORS-safelisted ones.
    pub reads: Option<(u16, Vec<String>)>,
    /// Why the page reads nothing.
    pub refused: Option<String>,
    /// The answer to the preflight.
    pub preflight: Option<Answer>,
    /// The answer to the request.
    pub answer: Option<Answer>,
}

/// Takes the step in this browser. If the client is not a page, `profile` is not used.
pub fn take(step: &Step, profile: &'static Profile, adapter: &Adapter) -> Result<Taken, String> {
    let lines: Vec<(String, Vec<u8>)> =
        step.headers.iter().map(|(name, value)| (name.clone(), value.clone().into_bytes())).collect();
    let mut taken = Taken::default();
    let Some(page) = &step.page else {
        taken.answer = Some(adapter.send(&step.method, &step.path, &lines)?);
        return Ok(taken);
    };
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect();
    // The pages use `https`, so the URL does too: otherwise it would be mixed content.
    let url = format!("https://api.example{}", step.path);
    let init = RequestInit {
        method: &step.method,
        headers: Headers::from_pairs(&pairs),
        credentials: if step.credentials { CredentialsMode::Include } else { CredentialsMode::SameOrigin },
        ..RequestInit::default()
    };
    let url = Url::new(&url).map_err(|error| format!("{error:?}"))?;
    let origin = Origin::parse(page).map_err(|error| format!("{error:?}"))?;
    let request = init.request(url, origin).map_err(|error| format!("{error:?}"))?;
    let (mut cache, now) = (GrowingPreflightCache::new(), Duration::ZERO);
    let refused = |error: NetworkError<'_>| error.to_string();

    let awaiting = match fetch(request, Environment::new(profile), &mut cache, now).map_err(refused)? {
        Action::FetchScheme(..) => return Err("not HTTP".to_owned()),
        Action::SendRequest(awaiting) => awaiting,
        Action::SendPreflight(awaiting) => {
            let asked = awaiting.preflight().headers();
            let asked: Vec<_> = asked.map(|(name, value)| (name.to_string(), value.to_string().into_bytes())).collect();
            let answer = adapter.send(PreflightRequest::METHOD.as_str(), &step.path, &asked)?;
            let next = answer.with_response(|response| {
                awaiting.on_response(response, &mut cache, now).map_err(|error| error.to_string())
            })?;
            taken.preflight = Some(answer);
            match next {
                Ok(awaiting) => awaiting,
                Err(refused) => return Ok(Taken { refused: Some(refused), ..taken }),
            }
        }
    };
    let outgoing = awaiting.outgoing();
    let headers = outgoing.headers.iter();
    let mut lines: Vec<_> =
        headers.map(|header| (header.name.to_string(), header.value.bytes().collect::<Vec<u8>>())).collect();
    if outgoing.credentials == IncludesCredentials::Yes {
        lines.push(("cookie".to_owned(), b"session=1".to_vec()));
    }
    let answer = adapter.send(outgoing.method.as_str(), &step.path, &lines)?;
    let read = answer.with_response(|response| {
        match awaiting.on_response(response, &mut cache).map_err(|error| error.to_string())? {
            Outcome::Response(response) => {
                let names = response.headers().map(|header| header.name);
                let exposed = names.filter(|name| !name.is_cors_safelisted_response_header_name());
                let exposed = exposed.map(|name| name.as_str().to_ascii_lowercase());
                Ok((response.status(), exposed.collect()))
            }
            Outcome::Redirect(_) => Err("a redirect".to_owned()),
        }
    })?;
    taken.answer = Some(answer);
    match read {
        Ok(reads) => taken.reads = Some(reads),
        Err(refused) => taken.refused = Some(refused),
    }
    Ok(taken)
}

impl Taken {
    /// The differences from the expected outcome, one line each.
    pub fn mistakes(&self, step: &Step) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut wrong = |what: &str, got: String, expected: String| {
            if got != expected {
                mistakes.push(format!("{what}: {got}, not {expected}"));
            }
        };
        if step.page.is_some() {
            wrong("the page reads", format!("{:?}", self.reads), format!("{:?}", step.reads()));
        }
        let answers = || self.preflight.iter().chain(&self.answer);
        if let Some(expected) = step.answered {
            let answered = answers().filter(|answer| answer.is_of_application()).count();
            wrong("the application answers", answered.to_string(), expected.to_string());
        }
        if let (Some(expected), Some(answer)) = (step.status, &self.answer) {
            wrong("status", answer.status.to_string(), expected.to_string());
        }
        for (what, answer, expected) in
            [("preflight", &self.preflight, &step.preflight), ("response", &self.answer, &step.lines)]
        {
            if let Some(expected) = expected {
                let got: Option<Lines> = answer.as_ref().map(Answer::access_control);
                wrong(what, format!("{got:?}"), format!("{:?}", Some(expected)));
            }
        }
        for answer in answers() {
            let (vary, named) =
                (answer.vary(), |name: &str| answer.vary().iter().filter(|other| *other == name).count());
            let expected = (1, usize::from(answer.is_of_application()));
            if (named("origin"), named("accept-encoding")) != expected {
                mistakes.push(format!("`Vary` is {vary:?}"));
            }
        }
        if !mistakes.is_empty() {
            mistakes.extend(self.refused.clone());
        }
        mistakes
    }
}

impl Step {
    fn reads(&self) -> Option<(u16, Vec<String>)> {
        self.reads.as_ref().map(|(status, name)| (*status, vec![name.clone()]))
    }
}
