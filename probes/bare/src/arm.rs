//! Linux's system calls on ARM, for the user-mode emulator. The target itself has no operating system.

use core::arch::asm;

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    crate::run()
}

fn call(number: usize, first: usize, second: usize, third: usize) {
    // SAFETY: the first of the two calls below reads only the given bytes, and the second does not return. r7 takes the
    // number by a move, because it is the frame pointer and cannot be an operand.
    unsafe {
        asm!("push {{r7}}", "mov r7, {number}", "svc 0", "pop {{r7}}", number = in(reg) number,
            inlateout("r0") first => _, in("r1") second, in("r2") third);
    }
}

pub(crate) fn write(bytes: &[u8]) {
    call(4, 1, bytes.as_ptr() as usize, bytes.len());
}

pub(crate) fn exit(status: i32) -> ! {
    loop {
        call(1, usize::try_from(status).unwrap_or(1), 0, 0);
    }
}
