//! One generic source of each routine, compiled for each kernel, and the choice between them.

/// Runs a routine of the chosen kernel. A kernel the processor lacks is replaced by the portable one.
macro_rules! dispatch {
    ($kernel:expr, $routine:ident($($argument:expr),*)) => {
        match $kernel {
            // SAFETY: the processor has just been asked for the instructions; the caller has checked the lengths.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 if std::arch::is_x86_feature_detected!("avx512f") => unsafe { avx512::$routine($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2
                if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") =>
            unsafe { avx2::$routine($($argument),*) },
            // SAFETY: plain arrays need no special instructions; the caller has checked the lengths.
            _ => unsafe { portable::$routine($($argument),*) },
        }
    };
}

/// Compiles routines, generic over the register and the rows of a product at a time, for each kind of register. As many rows as
/// the registers can hold beside three columns of weights and a row's number or two, or else a sum goes through memory at each
/// step.
macro_rules! compile {
    ($($routine:ident($($argument:ident: $type:ty),*);)*) => {
        compile!(@portable [f32; 4], 4 $(, $routine($($argument: $type),*))*);
        compile!(@avx2 std::arch::x86_64::__m256, 3, "avx2,fma" $(, $routine($($argument: $type),*))*);
        compile!(@avx512 std::arch::x86_64::__m512, 8, "avx512f" $(, $routine($($argument: $type),*))*);
    };
    (@portable $lanes:ty, $rows:literal $(, $routine:ident($($argument:ident: $type:ty),*))*) => {
        mod portable {
            use super::*;

            $(pub unsafe fn $routine($($argument: $type),*) {
                // SAFETY: this function's own contract.
                unsafe { super::$routine::<$lanes, $rows>($($argument),*) }
            })*
        }
    };
    (@$module:ident $lanes:ty, $rows:literal, $features:literal $(, $routine:ident($($argument:ident: $type:ty),*))*) => {
        #[cfg(target_arch = "x86_64")]
        mod $module {
            use super::*;

            $(#[target_feature(enable = $features)]
            pub unsafe fn $routine($($argument: $type),*) {
                // SAFETY: this function's own contract.
                unsafe { super::$routine::<$lanes, $rows>($($argument),*) }
            })*
        }
    };
}

pub(super) use {compile, dispatch};
