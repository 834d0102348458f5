//! The policy of a configuration: JSON, as `docs/policy-json.md` describes it.

use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use fetch_cors::server::{OwnedPolicy, PolicyConfig};

use crate::json;

/// Reads and checks a policy. On failure, returns one line for each mistake.
pub(crate) fn read_policy(configuration: &[u8]) -> Result<OwnedPolicy, Vec<String>> {
    let config: PolicyConfig = json::from_slice(configuration)
        .map_err(|error| vec![format!("not a policy in JSON: {error} (Envoy gives the text of a `StringValue`)")])?;
    let policy = config.build().map_err(|errors| {
        let mut lines = Vec::new();
        for error in &errors {
            lines.push(error.to_string());
        }
        lines
    })?;
    if policy.has_external_lookup() {
        return Err(vec![
            "`external_lookup`: a filter cannot look up an origin, so it would refuse it (list the origins)".into(),
        ]);
    }
    Ok(policy)
}
