//! The policy, and its reload.

use std::{fs, sync::Arc};

use async_trait::async_trait;
use fetch_cors::server::{OwnedPolicy, PolicyConfig, ReloadablePolicy};
use pingora_core::{server::ShutdownWatch, services::background::BackgroundService};
use tokio::signal::unix::{SignalKind, signal};

/// The policy of a file.
pub(crate) struct PolicyFile {
    path: String,
    policy: ReloadablePolicy,
}

impl PolicyFile {
    /// Reads the file. If it has mistakes, the error has a line for each.
    pub(crate) fn open(path: String) -> Result<Self, String> {
        let policy = ReloadablePolicy::new(read(&path)?);
        Ok(PolicyFile { path, policy })
    }

    /// The policy for one request. The request keeps it until its response is written.
    pub(crate) fn policy(&self) -> Arc<OwnedPolicy> {
        self.policy.current()
    }

    /// Reads the file again. If it has mistakes, the current policy stays.
    fn reload(&self) -> Result<(), String> {
        self.policy.replace(read(&self.path)?);
        Ok(())
    }
}

fn read(path: &str) -> Result<OwnedPolicy, String> {
    let text = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let config: PolicyConfig = serde_json::from_slice(&text).map_err(|error| format!("{path}: {error}"))?;
    config.build().map_err(|errors| errors.to_string())
}

/// Reads the policy again at each SIGHUP.
pub(crate) struct Reload(pub(crate) Arc<PolicyFile>);

#[async_trait]
impl BackgroundService for Reload {
    async fn start(&self, mut shutdown: ShutdownWatch) {
        let mut hangups = match signal(SignalKind::hangup()) {
            Ok(hangups) => hangups,
            Err(error) => return eprintln!("no reload: {error}"),
        };
        loop {
            tokio::select! {
                _ = shutdown.changed() => return,
                _ = hangups.recv() => match self.0.reload() {
                    Ok(()) => eprintln!("the policy is a new one"),
                    Err(mistakes) => eprintln!("the policy stays:\n{mistakes}"),
                },
            }
        }
    }
}
