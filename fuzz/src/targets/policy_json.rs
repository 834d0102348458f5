use fetch_cors::server::PolicyConfig;

use super::policy::is_complete;

/// A policy as JSON. What is read must be equal after it is written and read again, and must give a policy or its
/// errors.
pub fn run(data: &[u8]) {
    let Ok(config) = serde_json::from_slice::<PolicyConfig>(data) else { return };
    let Ok(written) = serde_json::to_string(&config) else {
        // Values that are read but not understood are reported when the policy is built.
        return config.build().expect_err("it has mistakes").iter().for_each(|error| is_complete(&error));
    };
    assert_eq!(serde_json::from_str::<PolicyConfig>(&written).ok().as_ref(), Some(&config), "{written}");
    assert_eq!(PolicyConfig::default().on_top_of(&config), config);
    match config.build() {
        Ok(policy) => policy.lint(|lint| assert!(!lint.code().is_empty() && !lint.fix().is_empty())),
        Err(errors) => errors.iter().for_each(|error| is_complete(&error)),
    }
}
