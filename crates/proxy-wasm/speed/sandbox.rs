//! Filters that measure the cost of the sandbox alone. One does nothing. The other (`--cfg calls`) makes the calls of a
//! CORS filter for each request, and decides nothing. `rustc` builds this file alone; `speed.sh` says how.
#![no_std]

#[unsafe(no_mangle)]
extern "C" fn proxy_abi_version_0_2_1() {}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_vm_start(_: u32, _: usize) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_configure(_: u32, _: usize) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_context_create(_: u32, _: u32) {}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_done(_: u32) -> u32 {
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_delete(_: u32) {}

/// Only one head is read at a time, so all heads share this memory.
#[unsafe(no_mangle)]
extern "C" fn proxy_on_memory_allocate(size: usize) -> *mut u8 {
    static mut HEAD: [u8; 16384] = [0; 16384];
    if size <= 16384 { &raw mut HEAD as *mut u8 } else { core::ptr::null_mut() }
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_headers(_: u32, _: u32, _: u32) -> u32 {
    #[cfg(calls)]
    calls::read(0);
    0
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_response_headers(_: u32, _: u32, _: u32) -> u32 {
    #[cfg(calls)]
    {
        calls::read(2);
        for (name, value) in [("vary", "origin"), ("access-control-allow-origin", "https://eu.app.example")] {
            calls::add(name, value);
        }
    }
    0
}

#[cfg(calls)]
mod calls {
    #[link(wasm_import_module = "env")]
    unsafe extern "C" {
        fn proxy_get_header_map_pairs(map: u32, bytes: *mut *mut u8, size: *mut usize) -> u32;
        fn proxy_add_header_map_value(map: u32, name: *const u8, name_size: usize, value: *const u8, size: usize) -> u32;
    }

    pub fn read(map: u32) {
        let (mut bytes, mut size) = (core::ptr::null_mut(), 0);
        // SAFETY: the proxy writes only to these pointers.
        unsafe { proxy_get_header_map_pairs(map, &raw mut bytes, &raw mut size) };
    }

    pub fn add(name: &str, value: &str) {
        // SAFETY: the proxy only reads both slices.
        unsafe { proxy_add_header_map_value(2, name.as_ptr(), name.len(), value.as_ptr(), value.len()) };
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
