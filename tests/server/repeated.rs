//! Preflights that repeat one header's name, as Firefox does for each line of a header.

use fetch_cors::server::{Disclosure, OwnedPolicy, PolicyConfig};

use crate::answer;

/// A policy that sends back the requested list, if all names are listed.
fn listing(names: &[&str]) -> OwnedPolicy {
    let config = PolicyConfig::new(["https://app.example"]).request_headers(names.iter().copied());
    config.disclosure(Disclosure::Minimal).build().unwrap()
}

/// The lines that are sent back.
fn sent_back(policy: &OwnedPolicy, lines: &[&str]) -> Vec<String> {
    let mut request = vec![("origin", "https://app.example"), ("access-control-request-method", "PUT")];
    request.extend(lines.iter().map(|line| ("access-control-request-headers", *line)));
    let headers = answer(policy, "OPTIONS", &request).headers;
    headers.iter().filter_map(|line| line.strip_prefix("access-control-allow-headers: ")).map(str::to_owned).collect()
}

#[test]
fn repeated_requested_name_hides_no_other_name() {
    for name in ["x", "ab", "x-a", "x-seven", "x-eleven-ch"] {
        let policy = listing(&[name, "x-b"]);
        for times in 1..20 {
            let again = [name].repeat(times).join(",");
            for others in ["evil", "evil-a", "evil-header", "an-evil-header-of-some-length", "evil-a,x-b"] {
                for line in [format!("{again},{others}"), format!("{again},{others},{again}")] {
                    assert_eq!(sent_back(&policy, &[&line]), [""; 0], "{line}");
                }
            }
            for line in [again.clone(), format!("{again},x-b"), format!("{again},x-b,{again}")] {
                assert_eq!(sent_back(&policy, &[&line]), [&*line]);
            }
        }
    }
}

#[test]
fn a_listed_name_may_repeat_itself_on_each_of_several_lines() {
    for name in ["x", "ab", "x-a", "x-seven", "x-eleven-ch"] {
        let policy = listing(&[name]);
        for times in 1..40 {
            let line = [name].repeat(times).join(",");
            for lines in 1..=6 {
                let lines = vec![&*line; lines];
                assert_eq!(sent_back(&policy, &lines), lines);
            }
        }
    }
}

#[test]
fn wildcard_request_headers_exclude_only_authorization() {
    let policy = PolicyConfig::new(["https://app.example"]).request_headers(["*"]).credentials().build().unwrap();
    for line in ["x-zone", "authorizatio,z", "x-authorization", "content-type,x-size"] {
        assert_eq!(sent_back(&policy, &[line]), [line]);
    }
    for line in ["authorization", "x-zone,Authorization", "x-a, AUTHORIZATION ,x-b"] {
        assert_eq!(sent_back(&policy, &[line]), [""; 0], "{line}");
    }
}
