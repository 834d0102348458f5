//! Code that the tests, the fuzz targets and the benchmarks of `fetch-cors` share.
//!
//! | module | what it holds | needs |
//! |---|---|---|
//! | [`oracle`] | the standard's algorithms, transcribed step by step; no code of the crate | |
//! | [`rng`] | random choices, from a seed or from a fuzzer's bytes | |
//! | [`shapes`] | patterns of a large policy, in every shape that an index could be slow for | |
//! | [`generators`] | strategies of proptest for names, values and header lists | `proptest` |
//! | [`compare`] | compares the crate with the oracle; each function panics where they differ | `browser` |
//! | [`agreement`] | the agreement law: a page reads exactly what the policies intend | `browser`, `server`, `alloc` |
//! | [`recordings`] | recordings of real browsers: the reader, the replay, and the differences | `url` |
//! | [`hostile`] | inputs that an attacker would send, in growing sizes | `browser`, `server`, `alloc`, `heapless`, `http` |

#[cfg(all(feature = "cache", feature = "config"))]
pub mod agreement;
#[cfg(feature = "browser")]
pub mod compare;
#[cfg(feature = "proptest")]
pub mod generators;
#[cfg(all(feature = "cache", feature = "config", feature = "heapless", feature = "http"))]
pub mod hostile;
pub mod oracle;
#[cfg(feature = "url")]
pub mod recordings;
pub mod rng;
pub mod shapes;
