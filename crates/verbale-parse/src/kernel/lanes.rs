//! A handful of numbers that one instruction works on.

/// A vector register, or an array standing in for one.
///
/// # Safety
///
/// The methods may only be called on a processor that has the instructions of the implementing type, and a pointer must be
/// good for [`Lanes::COUNT`] numbers; it need not be aligned.
#[allow(clippy::missing_safety_doc)]
pub trait Lanes: Copy {
    /// How many numbers; divides 16.
    const COUNT: usize;
    unsafe fn splat(x: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn minus(self, other: Self) -> Self;
    unsafe fn times(self, other: Self) -> Self;
    /// `self + a * b`
    unsafe fn add_product(self, a: Self, b: Self) -> Self;
    unsafe fn larger(self, other: Self) -> Self;
}

impl Lanes for [f32; 4] {
    const COUNT: usize = 4;

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        [x; 4]
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for four readable numbers; the read needs no alignment.
        unsafe { from.cast::<[f32; 4]>().read_unaligned() }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for room for four numbers; the write needs no alignment.
        unsafe { to.cast::<[f32; 4]>().write_unaligned(self) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        let mut out = self;
        for (x, y) in out.iter_mut().zip(other) {
            *x += y;
        }
        out
    }

    #[inline(always)]
    unsafe fn minus(self, other: Self) -> Self {
        let mut out = self;
        for (x, y) in out.iter_mut().zip(other) {
            *x -= y;
        }
        out
    }

    #[inline(always)]
    unsafe fn times(self, other: Self) -> Self {
        let mut out = self;
        for (x, y) in out.iter_mut().zip(other) {
            *x *= y;
        }
        out
    }

    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        let mut out = self;
        for i in 0..4 {
            out[i] += a[i] * b[i];
        }
        out
    }

    #[inline(always)]
    unsafe fn larger(self, other: Self) -> Self {
        let mut out = self;
        for (x, y) in out.iter_mut().zip(other) {
            if *x <= y {
                *x = y;
            }
        }
        out
    }
}

/// Implements [`Lanes`] by the intrinsics of one instruction set.
#[cfg(target_arch = "x86_64")]
macro_rules! intrinsics {
    ($type:ident, $count:literal, $splat:ident, $load:ident, $store:ident, $add:ident, $sub:ident, $mul:ident, $fma:ident, $max:ident) => {
        // SAFETY: every caller promises (see the trait) that the processor has these instructions and that pointers are
        // good for a whole register; the loads and stores used need no alignment.
        impl Lanes for std::arch::x86_64::$type {
            const COUNT: usize = $count;

            #[inline(always)]
            unsafe fn splat(x: f32) -> Self {
                unsafe { std::arch::x86_64::$splat(x) }
            }

            #[inline(always)]
            unsafe fn load(from: *const f32) -> Self {
                unsafe { std::arch::x86_64::$load(from) }
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut f32) {
                unsafe { std::arch::x86_64::$store(to, self) }
            }

            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                unsafe { std::arch::x86_64::$add(self, other) }
            }

            #[inline(always)]
            unsafe fn minus(self, other: Self) -> Self {
                unsafe { std::arch::x86_64::$sub(self, other) }
            }

            #[inline(always)]
            unsafe fn times(self, other: Self) -> Self {
                unsafe { std::arch::x86_64::$mul(self, other) }
            }

            #[inline(always)]
            unsafe fn add_product(self, a: Self, b: Self) -> Self {
                unsafe { std::arch::x86_64::$fma(a, b, self) }
            }

            #[inline(always)]
            unsafe fn larger(self, other: Self) -> Self {
                unsafe { std::arch::x86_64::$max(self, other) }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
intrinsics!(
    __m256,
    8,
    _mm256_set1_ps,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_add_ps,
    _mm256_sub_ps,
    _mm256_mul_ps,
    _mm256_fmadd_ps,
    _mm256_max_ps
);

#[cfg(target_arch = "x86_64")]
intrinsics!(
    __m512,
    16,
    _mm512_set1_ps,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_add_ps,
    _mm512_sub_ps,
    _mm512_mul_ps,
    _mm512_fmadd_ps,
    _mm512_max_ps
);
