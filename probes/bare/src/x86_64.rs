//! Linux's system calls on x86_64, and the functions that the compiler expects from a C library there.

use core::arch::{asm, naked_asm};

#[unsafe(naked)]
#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    naked_asm!("xor ebp, ebp", "and rsp, -16", "call {run}", "ud2", run = sym run)
}

extern "C" fn run() -> ! {
    crate::run()
}

/// The toolchain's core library refers to it, although nothing unwinds.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

fn call(number: usize, first: usize, second: usize, third: usize) {
    // SAFETY: the first of the two calls below reads only the given bytes, and the second does not return.
    unsafe {
        asm!("syscall", inlateout("rax") number => _, in("rdi") first, in("rsi") second, in("rdx") third,
            out("rcx") _, out("r11") _, options(nostack));
    }
}

pub(crate) fn write(bytes: &[u8]) {
    call(1, 1, bytes.as_ptr() as usize, bytes.len());
}

pub(crate) fn exit(status: i32) -> ! {
    loop {
        call(60, usize::try_from(status).unwrap_or(1), 0, 0);
    }
}

// SAFETY: these are C's functions, with C's contracts. They use string instructions, so that none is compiled to a call
// of itself.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, length: usize) -> *mut u8 {
    unsafe {
        asm!("rep movsb", inout("rcx") length => _, inout("rdi") to => _, inout("rsi") from => _, options(nostack))
    };
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, length: usize) -> *mut u8 {
    if (to as usize).wrapping_sub(from as usize) >= length {
        return unsafe { memcpy(to, from, length) };
    }
    let (to_end, from_end) = (to.wrapping_add(length).wrapping_sub(1), from.wrapping_add(length).wrapping_sub(1));
    unsafe {
        asm!("std", "rep movsb", "cld", inout("rcx") length => _, inout("rdi") to_end => _, inout("rsi") from_end => _,
            options(nostack));
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, length: usize) -> *mut u8 {
    unsafe { asm!("rep stosb", inout("rcx") length => _, inout("rdi") to => _, in("eax") byte, options(nostack)) };
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    for place in 0..length {
        let (left, right) = unsafe { (left.add(place).read_volatile(), right.add(place).read_volatile()) };
        if left != right {
            return i32::from(left) - i32::from(right);
        }
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    unsafe { memcmp(left, right, length) }
}
