//! Tests of the filter on the machine that builds it: the proxy is a fake, and `ci/proxies.sh` has a real one.

mod answers;
mod configuration;
mod errors;
mod fake;
mod head;
