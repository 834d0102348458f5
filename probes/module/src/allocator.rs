//! An allocator that never frees. That is enough for a module that is dropped after its checks.

use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32,
    cell::Cell,
    ptr,
};

const PAGE: usize = 64 * 1024;

/// The start and the end of the free memory.
struct Bump(Cell<(usize, usize)>);

// SAFETY: the module has one thread.
unsafe impl Sync for Bump {}

#[global_allocator]
static BUMP: Bump = Bump(Cell::new((0, 0)));

// SAFETY: no two allocations overlap, because the start only moves up. The pages belong to this allocator alone.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (start, mut end) = self.0.get();
        let mut place = start.next_multiple_of(layout.align());
        if end - place.min(end) < layout.size() {
            let pages = layout.size().div_ceil(PAGE);
            let grown = wasm32::memory_grow::<0>(pages);
            if grown == usize::MAX {
                return ptr::null_mut();
            }
            (place, end) = (grown * PAGE, (grown + pages) * PAGE);
        }
        self.0.set((place + layout.size(), end));
        ptr::with_exposed_provenance_mut(place)
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
