use fetch_cors::server::PolicyConfig;

use super::policy::is_told;

/// A policy as JSON: what is read is written and read again, and is a policy or what is wrong with it.
pub fn run(data: &[u8]) {
    let Ok(config) = serde_json::from_slice::<PolicyConfig>(data) else { return };
    let written = serde_json::to_string(&config).expect("a policy can be written");
    assert_eq!(serde_json::from_str::<PolicyConfig>(&written).ok().as_ref(), Some(&config), "{written}");
    assert_eq!(PolicyConfig::default().on_top_of(&config), config);
    match config.build() {
        Ok(policy) => policy.lint(|lint| assert!(!lint.code().is_empty() && !lint.mend().is_empty())),
        Err(errors) => errors.iter().for_each(|error| is_told(&error)),
    }
}
