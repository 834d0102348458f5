//! The profiles of the browsers that were recorded.

use super::Profile;
#[allow(clippy::wildcard_imports, reason = "a profile is all of them")]
use super::switches::*;

impl Profile {
    /// The departures that all three browsers share.
    const ALIKE: Profile = Profile {
        authorization_under_wildcard: AuthorizationUnderWildcard::Covered,
        method_without_list: MethodWithoutList::NotGranted,
        equal_locations: EqualLocations::One,
        ..Profile::FETCH
    };

    /// Chromium 156.
    pub const CHROMIUM: Profile = Profile {
        name: "Chromium",
        blob_type_in_xhr: BlobTypeInXhr::SentIfValid,
        url_characters: UrlCharacters::VerticalBarEncoded,
        cached_urls: Some(1024),
        range_numbers: RangeNumbers::BelowI64Max,
        origin_without_cors: OriginWithoutCors::NullAfterRedirect,
        proxy_authentication: ProxyAuthentication::Fails,
        charset_rewriting: CharsetRewriting::InPlace,
        preflight_cache_bypass: PreflightCacheBypass::ByNoCacheToo,
        cached_url_limit: Some(1023),
        repeated_header: RepeatedHeader::Combined,
        more_safelisted_headers: MoreSafelistedHeaders::ClientHints,
        upload_listener_without_body: UploadListenerWithoutBody::Ignored,
        cached_method: CachedMethod::CountsUnlessSafelistedWhateverTheFlag,
        max_age_limit: Some(7200),
        max_age_numbers: MaxAgeNumbers::SignedIntegers,
        opaque_origin_cache: OpaqueOriginCache::KeptForItsFetch,
        contradictory_lines: ContradictoryLines::DifferentElementsFail,
        keepalive_redirect_limit: 19,
        headers_of_browser: HeadersOfBrowser::Fail,
        cache_cleared: CacheCleared::OnMiss,
        userinfo_in_location: UserinfoInLocation::FailsUnlessXmlHttpRequest,
        client_hints_after_redirect: ClientHintsAfterRedirect::DroppedAcrossOrigins,
        empty_location: EmptyLocation::NoRedirect,
        location_is_read: LocationIsRead::First,
        error_mode_without_location: ErrorModeWithoutLocation::Responds,
        preflight_checks: PreflightChecks::RedirectCorsStatusSyntaxMethodHeaders,
        referrer_policy_hides_origin: ReferrerPolicyHidesOrigin::InNavigations,
        origin_of_elements: OriginOfElements::Sent,
        ..Profile::ALIKE
    };

    /// Firefox 153.
    ///
    /// With its default preferences, Firefox does not use the cache for the first three requests that need a preflight at a
    /// host that is an IP address (`127.0.0.1`, `[::1]`): see [`Profile::may_ask_again`]. At hosts with a name it uses the
    /// cache at once. With the preference `network.dns.disableIPv6` it does so at all hosts. The recordings were made with
    /// that, and this profile models it.
    pub const FIREFOX: Profile = Profile {
        name: "Firefox",
        url_characters: UrlCharacters::ControlsEncodedInLocation,
        unparsable_expose_headers: UnparsableExposeHeaders::WildcardBefore,
        repeated_singletons: RepeatedSingletons::LastSent,
        cached_urls: Some(100),
        method_override_values: MethodOverrideValues::AtCommas,
        charset_rewriting: CharsetRewriting::InPlaceForUrlSearchParams,
        content_type_judged: ContentTypeJudged::AsGivenToo,
        request_streams: RequestStreams::SentAsText,
        preflight_cache_bypass: PreflightCacheBypass::ByNoStoreAndReload,
        ip_address_hosts: IpAddressHosts::FromTheFourth,
        blank_before_colon: BlankBeforeColon::Dropped,
        empty_fragment: EmptyFragment::Dropped,
        range_numbers: RangeNumbers::UpToU64Max,
        unsafe_names_are: UnsafeNamesAre::AList,
        safelisted_total_limit: None,
        bytes_above_7f: BytesAbove7F::Unsafe,
        content_type_parsing: ContentTypeParsing::MediaType,
        preflight_after_redirect: PreflightAfterRedirect::OnceAlways,
        tainted_preflight_origin: TaintedPreflightOrigin::Page,
        location_is_read: LocationIsRead::FirstToFollow,
        preflight_checks: PreflightChecks::CorsRedirectStatusMethodsHeaders,
        empty_line: EmptyLine::Ignored,
        contradictory_lines: ContradictoryLines::DifferentLinesFail,
        relaxed_referrer_policies: RelaxedReferrerPolicies::IgnoredAcrossSites,
        max_age_limit: Some(86400),
        malformed_max_age: MalformedMaxAge::NotKept,
        entry_with_credentials: EntryWithCredentials::ServesWithCredentials,
        cached_method: CachedMethod::CountsUnlessGetOrPost,
        cached_wildcard: CachedWildcard::Literal,
        cache_cleared: CacheCleared::OnFailureUnlessByRedirectMode,
        ..Profile::ALIKE
    };

    /// WebKit, as WebKitGTK 2.50 has it.
    ///
    /// Safari uses WebKit's code for CORS. So this profile also holds for Safari in preflights, their cache, the CORS
    /// check, header names and redirects. Safari has another network layer than WebKitGTK (libsoup). Five switches
    /// depend on that layer: [`redirect_statuses`](Profile::redirect_statuses),
    /// [`ftp_location`](Profile::ftp_location), [`delete_across_origins`](Profile::delete_across_origins),
    /// [`location_bytes`](Profile::location_bytes) and [`request_header_bytes`](Profile::request_header_bytes). So do
    /// the cookies of a request.
    pub const WEBKIT: Profile = Profile {
        name: "WebKit",
        repeated_header: RepeatedHeader::CombinedWithBlank,
        method_override_values: MethodOverrideValues::AtCommas,
        blob_type_in_xhr: BlobTypeInXhr::SentIfMimeType,
        charset_rewriting: CharsetRewriting::SerializedUnlessEmpty,
        repeated_parameters: RepeatedParameters::LastInUpperCaseCounts,
        request_streams: RequestStreams::Refused,
        range_syntax: RangeSyntax::PlusSigns,
        preflight_after_redirect: PreflightAfterRedirect::AsPageMade,
        preflight_checks: PreflightChecks::StatusCorsSyntaxMethodHeaders,
        max_age_limit: Some(600),
        max_age_numbers: MaxAgeNumbers::SignedIntegersInBlanks,
        answer_kept: AnswerKept::OnceItParses,
        cached_method: CachedMethod::CountsUnlessSafelistedWhateverTheFlag,
        cached_wildcard: CachedWildcard::WildcardWithoutCredentials,
        opaque_origin_cache: OpaqueOriginCache::KeptForPage,
        cache_cleared: CacheCleared::OnMiss,
        equal_locations: EqualLocations::Combined,
        redirect_statuses: RedirectStatuses::AllBut304To306,
        location_bytes: LocationBytes::Latin1,
        request_header_bytes: RequestHeaderBytes::Utf8,
        ftp_location: FtpLocation::FailsFirst,
        redirect_checks: RedirectChecks::AgainAfterPreflight,
        delete_across_origins: DeleteAcrossOrigins::BecomesGet,
        origin_once_sent: OriginOnceSent::KeptWithinOrigin,
        credentials_without_cors: CredentialsWithoutCors::AsAtFirst,
        referrer_policy_hides_origin: ReferrerPolicyHidesOrigin::AtFirst,
        origin_on_downgrade: OriginOnDowngrade::Sent,
        origin_of_elements: OriginOfElements::Sent,
        empty_location: EmptyLocation::Fails,
        error_mode_without_location: ErrorModeWithoutLocation::Responds,
        ..Profile::ALIKE
    };
}
