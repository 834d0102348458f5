//! Every public type is `Send` and `Sync`, so that it can be kept across an `await` on any thread.
#![cfg(all(feature = "tower", feature = "heapless", feature = "serde", feature = "url"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{fs, path::Path, time::Duration};

use fetch_cors::{browser, header, method, origin, server, spec, tower};

const fn is_send_and_sync<T: Send + Sync>() {}

macro_rules! are_send_and_sync {
    ($($module:ident: $($type:ty,)*;)*) => {
        $({
            #[allow(unused_imports, reason = "a module of macros has no other names")]
            use $module::*;
            $(is_send_and_sync::<$type>();)*
        })*
    };
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list")]
fn every_public_type_is_send_and_sync() {
    use browser::{
        cache, cross_origin_resource_policy, driver, environment, error, explain, filter, ids, mixed_content,
        preflight, profile, profile::switches, request, response, route, safelist, timing_allow, url,
    };
    use fetch_cors::UnknownWord;
    are_send_and_sync! {
        browser:
            Action<'_>,
            AwaitingPreflight<'_>,
            AwaitingResponse<'_>,
            Environment<'_>,
            Explanation<'_>,
            FilteredResponse<'_>,
            GrowingPreflightCache,
            NetworkError<'_>,
            NoCache,
            Outcome<'_>,
            OutgoingRequest<'_>,
            Profile,
            Reason<'_>,
            Redirect<'_>,
            Request<'_>,
            RequestInit<'_>,
            Response<'_>,
            Url<'_>,
            XhrInit<'_>,
            UnknownWord,
        ;
        cache:
            CacheEntry<'_>,
            CacheKey<'_>,
            CacheMiss,
            CacheVerdict<'_>,
            EntryCredentials,
            FixedPreflightCache<2>,
            Permission<'_>,
        ;
        cross_origin_resource_policy:
            EmbedderPolicy,
            IncludesCredentials,
            PolicySource,
            ResourcePolicy,
        ;
        driver:
            OutgoingHeaders<'_>,
        ;
        environment:
            GlobalObject,
            HttpVersion,
            LocationParses,
            StorageAccess,
        ;
        error:
            ForbiddenBy,
            Phase,
            Several,
            Wildcard,
        ;
        explain:
            Change<'_>,
            Check<'_>,
            Code,
            CodeKind,
            Hint<'_>,
            HttpsUrl<'_>,
            NameMistake,
            NewValue<'_>,
            OriginMistake,
            PageChange<'_>,
            PreflightRedirect,
            Subject<'_>,
            Sufficiency,
        ;
        filter:
            HiddenBecause,
            ResponseType,
            ShownBecause,
            Visibility,
        ;
        ids:
            ConsoleMessage<'_>,
            FailedExchange<'_>,
            KnownMessage,
            Message<'_>,
            MessageFix<'_>,
            MessageLanguage,
            MessageOf,
            Parameter<'_>,
            Quoted<'_>,
            WebKitCannotLoad<'_>,
            WebKitLine<'_>,
        ;
        mixed_content:
            MixedContent,
            MixedContentCategory,
        ;
        preflight:
            GrantedHeaderNames<'_>,
            GrantedMethods<'_>,
            MaxAge,
            MaxAgeSource,
            PreflightGrant<'_>,
            PreflightHeader<'_>,
            PreflightRequest<'_>,
        ;
        profile:
            Departure,
        ;
        request:
            Body,
            BodyInit<'_>,
            CacheMode,
            CredentialsMode,
            DocumentType,
            DuplicateNames,
            Duplex,
            HeadersGuard,
            HostIsSite,
            Keepalive,
            RedirectMode,
            RedirectTaint,
            ReferrerPolicy,
            RequestError<'_>,
            RequestErrorReason<'_>,
            RequestHeader<'_>,
            RequestHeaderValue<'_>,
            RequestHeaders<'_>,
            RequestHeadersIter<'_>,
            RequestMode,
            ResponseTainting,
            TraversableForUserPrompts,
            UnsafeRequestFlag,
            UploadListener,
            UseCorsPreflightFlag,
            XhrCredentials,
        ;
        response:
            InvalidStatus,
            Status,
        ;
        route:
            PreflightReasons<'_>,
            Route<'_>,
            Scheme,
        ;
        safelist:
            CorsUnsafeRequestHeader<'_>,
            CorsUnsafeRequestHeaderNames<'_>,
            InvalidMimeType,
            InvalidRange,
            NotSafelisted,
            UnsafeReason,
        ;
        timing_allow:
            TimingAllow,
        ;
        url:
            BlobUrlEntry,
            InvalidUrl,
            UrlCredentials,
        ;
        switches:
            AnswerKept,
            AuthorizationUnderWildcard,
            BlankBeforeColon,
            BlobTypeInXhr,
            BytesAbove7F,
            CacheCleared,
            CachedMethod,
            CachedWildcard,
            CharsetRewriting,
            ClientHintsAfterRedirect,
            ContentTypeJudged,
            ContentTypeParsing,
            ContradictoryLines,
            CredentialsWithoutCors,
            DeleteAcrossOrigins,
            EmptyFragment,
            EmptyLine,
            EmptyLocation,
            EntryWithCredentials,
            EqualLocations,
            ErrorModeWithoutLocation,
            FtpLocation,
            HeadersOfBrowser,
            IpAddressHosts,
            LocationBytes,
            LocationIsRead,
            MalformedMaxAge,
            MaxAgeNumbers,
            MethodOverrideValues,
            MethodWithoutList,
            MoreSafelistedHeaders,
            OpaqueOriginCache,
            OriginOfElements,
            OriginOnDowngrade,
            OriginOnceSent,
            OriginWithoutCors,
            PreflightAfterRedirect,
            PreflightCacheBypass,
            PreflightChecks,
            ProxyAuthentication,
            RangeNumbers,
            RangeSyntax,
            RedirectChecks,
            RedirectStatuses,
            ReferrerPolicyHidesOrigin,
            RelaxedReferrerPolicies,
            RepeatedHeader,
            RepeatedParameters,
            RepeatedSingletons,
            RequestHeaderBytes,
            RequestStreams,
            TaintedPreflightOrigin,
            UnparsableExposeHeaders,
            UnsafeNamesAre,
            UploadListenerWithoutBody,
            UrlCharacters,
            UserinfoInLocation,
        ;
        header:
            CapacityError,
            CombinedValue<'_>,
            Header<'_>,
            HeaderName<'_>,
            Headers<'_>,
            InvalidElement<'_>,
            InvalidHeaderName,
            InvalidHeaderValue,
            Iter<'_>,
            ListValues<'_>,
            Lowercase<'_>,
            MultipleHeaders,
            PairSink<'_, '_>,
            ValueRef<'_>,
            VaryNames,
            WriteError,
        ;
        method:
            InvalidMethod,
            Method<'_>,
        ;
        origin:
            InvalidOrigin,
            InvalidOriginReason,
            Origin<'_>,
            Suggestion,
        ;
        server:
            Caching,
            ConfigError<'_>,
            ConfigErrors,
            ConfigErrorsIter<'_>,
            ConfigReason,
            Credentials,
            Danger,
            Decision<'_>,
            Disclosure,
            Enforcement,
            Expected,
            Field,
            Forbidden<'_>,
            Lint<'_>,
            LintKind<'_>,
            LookupFailure<'_>,
            Meant,
            OriginAnswer,
            OriginLookup<'_>,
            OriginPattern<'_>,
            OwnedPolicy,
            PatternConfig,
            PatternFault,
            PatternReason,
            Policy<'_>,
            PolicyBuilder<'_>,
            PolicyConfig,
            PreflightAnswer<'_>,
            PrivateNetwork,
            Refusal<'_>,
            ReloadablePolicy,
            RequestKind<'_>,
            ResponseHeaders<'_>,
            Rule<'_>,
            RuleConfig,
            SavedHeaders,
            Start<'_>,
            SuggestedValue<'_>,
            Upstream,
            UpstreamExposed,
        ;
        spec:
            Algorithm,
            Step,
        ;
        tower:
            Cors<()>,
            CorsLayer,
            Lookup<(), ()>,
            Misplaced,
            RefusedRequest<'_>,
            RequestHead<'_>,
        ;
    }
}

/// The names of the public types in a file. Types that macros define are not found.
fn public_types(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let name = |line: &str| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        rest.split(|character: char| !character.is_alphanumeric()).next().map(str::to_owned)
    };
    text.lines().filter_map(name).collect()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.into_iter().chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

#[test]
fn every_public_type_is_listed_here() {
    let own = include_str!("send_sync.rs");
    let is_listed = |name: &String| {
        own.lines().any(|line| line.trim().split(['<', ',']).next() == Some(name) && line.trim_end().ends_with(','))
    };
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let names: Vec<String> = sources.iter().flat_map(|file| public_types(file)).collect();
    assert!(names.len() > 150, "only {} types are found", names.len());
    let missing: Vec<&String> = names.iter().filter(|name| !is_listed(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A running fetch can be moved to another thread between its requests.
#[test]
fn a_fetch_under_way_can_change_its_thread() {
    use browser::{Action, Environment, GrowingPreflightCache, Outcome, Profile, RequestInit, Response, Url, fetch};

    let (page, url) =
        (origin::Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/").unwrap());
    let request = RequestInit { method: "PUT", ..RequestInit::default() }.request(url, page).unwrap();
    let (mut cache, now) = (GrowingPreflightCache::new(), Duration::ZERO);
    let lines: [(&str, &[u8]); 2] = [("Access-Control-Allow-Origin", b"*"), ("Access-Control-Allow-Methods", b"PUT")];
    let response = Response::new(204, header::Headers::from_pairs(&lines)).unwrap();
    let Ok(Action::SendPreflight(awaiting)) = fetch(request, Environment::new(&Profile::FETCH), &mut cache, now) else {
        panic!("a PUT is asked for");
    };
    let outcome = std::thread::scope(|scope| {
        let asked = scope.spawn(|| awaiting.on_response(&response, &mut cache, now).unwrap());
        let awaiting = asked.join().unwrap();
        let sent = scope.spawn(|| awaiting.on_response(&response, &mut GrowingPreflightCache::new()).unwrap());
        sent.join().unwrap()
    });
    assert!(matches!(outcome, Outcome::Response(_)));
}
