use fetch_cors::server::PolicyConfig;

use super::policy::is_told;

/// A policy as JSON: what is read is written and read again, and is a policy or what is wrong with it.
pub fn run(data: &[u8]) {
    let Ok(config) = serde_json::from_slice::<PolicyConfig>(data) else { return };
    let Ok(written) = serde_json::to_string(&config) else {
        // What was read and is not understood is reported when the policy is built.
        return config.build().expect_err("it has mistakes").iter().for_each(|error| is_told(&error));
    };
    assert_eq!(serde_json::from_str::<PolicyConfig>(&written).ok().as_ref(), Some(&config), "{written}");
    assert_eq!(PolicyConfig::default().on_top_of(&config), config);
    match config.build() {
        Ok(policy) => policy.lint(|lint| assert!(!lint.code().is_empty() && !lint.fix().is_empty())),
        Err(errors) => errors.iter().for_each(|error| is_told(&error)),
    }
}
