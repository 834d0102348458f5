//! The ABI of proxy-wasm 0.2.1: the functions that a proxy calls, the functions that it offers, and the memory that
//! both share.
//!
//! <https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.1>
//!
//! This is the only file of the project's libraries with unsafe code. Calling a function of the proxy, and taking over
//! memory that it has written, cannot be done in safe Rust.
#![allow(unsafe_code)]

use alloc::{alloc::alloc, vec::Vec};
use core::{alloc::Layout, cell::RefCell, ptr};

use crate::{
    filter::Filters,
    header_map::{HeaderMap, Line},
    proxy::{HostError, Level, Map, Proxy},
};

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

struct OneThread(RefCell<Filters<Host>>);

// SAFETY: a module of WebAssembly without shared memory has one thread.
unsafe impl Sync for OneThread {}

static FILTERS: OneThread = OneThread(RefCell::new(Filters::new(Host)));

/// Calls the filters. Returns `otherwise` if a callback is already running; no proxy does that.
fn with_filters<T>(otherwise: T, call: impl FnOnce(&mut Filters<Host>) -> T) -> T {
    match FILTERS.0.try_borrow_mut() {
        Ok(mut filters) => call(&mut filters),
        Err(_) => otherwise,
    }
}

// The module's exports, which the proxy calls. Parameters that are not read are counts or flags that the filter does
// not need.

#[unsafe(no_mangle)]
extern "C" fn proxy_abi_version_0_2_1() {}

/// Allocates memory for the proxy to write an answer into. The function of [`Host`] that asked takes the memory over.
#[unsafe(no_mangle)]
extern "C" fn proxy_on_memory_allocate(size: usize) -> *mut u8 {
    match Layout::array::<u8>(size) {
        // SAFETY: the size is not zero.
        Ok(layout) if size > 0 => unsafe { alloc(layout) },
        _ => ptr::null_mut(),
    }
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_vm_start(_context: u32, _size: usize) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_context_create(context: u32, parent: u32) {
    with_filters((), |filters| filters.on_context_create(context, parent));
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_configure(context: u32, _size: usize) -> u32 {
    with_filters(0, |filters| u32::from(filters.on_configure(context)))
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_headers(context: u32, _count: u32, _end_of_stream: u32) -> u32 {
    with_filters(0, |filters| filters.on_request_headers(context) as u32)
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_response_headers(context: u32, _count: u32, _end_of_stream: u32) -> u32 {
    with_filters((), |filters| filters.on_response_headers(context));
    0
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_done(_context: u32) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_delete(context: u32) {
    with_filters((), |filters| filters.on_delete(context));
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    Host.log(Level::Critical, "fetch-cors panicked, which is a bug");
    core::arch::wasm32::unreachable()
}

/// The functions that the proxy offers.
mod imports {
    #[link(wasm_import_module = "env")]
    unsafe extern "C" {
        pub(super) fn proxy_log(level: u32, message: *const u8, size: usize) -> u32;
        pub(super) fn proxy_get_buffer_bytes(
            buffer: u32,
            start: usize,
            limit: usize,
            bytes: *mut *mut u8,
            size: *mut usize,
        ) -> u32;
        pub(super) fn proxy_get_header_map_pairs(map: u32, bytes: *mut *mut u8, size: *mut usize) -> u32;
        pub(super) fn proxy_add_header_map_value(
            map: u32,
            name: *const u8,
            name_size: usize,
            value: *const u8,
            value_size: usize,
        ) -> u32;
        pub(super) fn proxy_remove_header_map_value(map: u32, name: *const u8, name_size: usize) -> u32;
        pub(super) fn proxy_send_local_response(
            status: u32,
            details: *const u8,
            details_size: usize,
            body: *const u8,
            body_size: usize,
            headers: *const u8,
            headers_size: usize,
            grpc_status: i32,
        ) -> u32;
        pub(super) fn proxy_define_metric(kind: u32, name: *const u8, name_size: usize, metric: *mut u32) -> u32;
        pub(super) fn proxy_increment_metric(metric: u32, offset: i64) -> u32;
    }
}

/// The buffer with the configuration of a filter, by the ABI's number.
const PLUGIN_CONFIGURATION: u32 = 7;
/// The kind of metric that counts, by the ABI's number.
const COUNTER: u32 = 0;
/// This value means that there is no gRPC status.
const NO_GRPC_STATUS: i32 = -1;

/// The proxy that has loaded the module.
// SAFETY of each call below: the proxy reads only the bytes of the slices, which outlive the call. It writes only to
// variables of the caller.
#[derive(Debug)]
pub(crate) struct Host;

impl Proxy for Host {
    fn log(&self, level: Level, message: &str) {
        // A lost line of the log changes no answer.
        // SAFETY: see `Host`.
        let _ = unsafe { imports::proxy_log(level as u32, message.as_ptr(), message.len()) };
    }

    fn configuration(&self) -> Result<Vec<u8>, HostError> {
        let limit = usize::MAX >> 1;
        // SAFETY: see `Host`.
        take_over(|bytes, size| unsafe { imports::proxy_get_buffer_bytes(PLUGIN_CONFIGURATION, 0, limit, bytes, size) })
    }

    fn header_map(&self, map: Map) -> Result<HeaderMap, HostError> {
        // SAFETY: see `Host`.
        take_over(|bytes, size| unsafe { imports::proxy_get_header_map_pairs(map as u32, bytes, size) })
            .map(HeaderMap::new)
    }

    fn add_response_header(&self, name: &str, value: &[u8]) -> Result<(), HostError> {
        // SAFETY: see `Host`.
        done(unsafe {
            imports::proxy_add_header_map_value(
                Map::Response as u32,
                name.as_ptr(),
                name.len(),
                value.as_ptr(),
                value.len(),
            )
        })
    }

    fn remove_response_header(&self, name: &str) -> Result<(), HostError> {
        // SAFETY: see `Host`.
        done(unsafe { imports::proxy_remove_header_map_value(Map::Response as u32, name.as_ptr(), name.len()) })
    }

    fn respond(&self, status: u16, details: &str, lines: &[Line<'_>]) -> Result<(), HostError> {
        let headers = HeaderMap::of(lines);
        let headers = headers.as_bytes();
        // SAFETY: see `Host`.
        done(unsafe {
            imports::proxy_send_local_response(
                u32::from(status),
                details.as_ptr(),
                details.len(),
                ptr::null(),
                0,
                headers.as_ptr(),
                headers.len(),
                NO_GRPC_STATUS,
            )
        })
    }

    fn define_counter(&self, name: &str) -> Result<u32, HostError> {
        let mut metric = 0;
        // SAFETY: see `Host`.
        done(unsafe { imports::proxy_define_metric(COUNTER, name.as_ptr(), name.len(), &raw mut metric) })?;
        Ok(metric)
    }

    fn increment(&self, counter: u32) -> Result<(), HostError> {
        // SAFETY: see `Host`.
        done(unsafe { imports::proxy_increment_metric(counter, 1) })
    }
}

fn done(status: u32) -> Result<(), HostError> {
    if status == 0 { Ok(()) } else { Err(HostError(status)) }
}

/// Takes over the memory that the proxy has allocated in the module and filled during `call`.
fn take_over(call: impl FnOnce(*mut *mut u8, *mut usize) -> u32) -> Result<Vec<u8>, HostError> {
    let (mut bytes, mut size) = (ptr::null_mut::<u8>(), 0);
    done(call(&raw mut bytes, &raw mut size))?;
    if bytes.is_null() || size == 0 {
        return Ok(Vec::new());
    }
    // SAFETY: by the ABI, the proxy got this memory from `proxy_on_memory_allocate`, for exactly this size. It has
    // written every byte, and does not use the memory again.
    Ok(unsafe { Vec::from_raw_parts(bytes, size, size) })
}
