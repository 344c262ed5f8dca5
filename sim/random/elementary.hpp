#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

#include "sim/base/simd.hpp"

namespace pishkhan {

// Elementary functions of sampling, built from correctly rounded operations alone (+ - * / sqrt), so
// they give the same bits on every machine and vectorise. The C library's do neither.
// Errors below 4e-16 relative, but for the normal quantile (1e-15; Wichura 1988).

/// Natural logarithm of a normal positive double (the method of FreeBSD's e_log.c).
PISHKHAN_INLINE double natural_log(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t shifted = bits - 0x3fe6a09e667f3bcdull;  // the mantissa falls into [sqrt(1/2), sqrt(2))
  const std::uint64_t exponent = (shifted >> 52 & 0xfff) ^ 0x800;
  const double k = std::bit_cast<double>(exponent | 0x4330000000000000ull) - (0x1p52 + 2048.0);
  const double f = std::bit_cast<double>(bits - (shifted & 0xfff0000000000000ull)) - 1.0;
  const double s = f / (2.0 + f), z = s * s;
  const double r =
      z * (6.666666666666735130e-01 +
           z * (3.999999999940941908e-01 +
                z * (2.857142874366239149e-01 +
                     z * (2.222219843214978396e-01 +
                          z * (1.818357216161805012e-01 +
                               z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01))))));
  const double half_square = 0.5 * f * f;
  return k * kLn2High - ((half_square - (s * (half_square + r) + k * kLn2Low)) - f);
}

/// e^x for |x| <= 700: reduction by multiples of ln 2, then the series to degree 13.
PISHKHAN_INLINE double exponential(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kRound = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
  const double rounded = x * 1.44269504088896338700 + kRound;
  const double k = rounded - kRound;
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return p * std::bit_cast<double>((std::bit_cast<std::uint64_t>(rounded) + 1023) << 52);
}

// Quantile of the standard normal distribution for u in [2^-36, 1 - 2^-36], for which u - 1/2 should be
// exact, as it is for uniforms of 32 bits (Wichura 1988, Algorithm AS 241, PPND16; its far-tail branch
// starts at 1.4e-11 and is not needed here).

/// Up to here from 1/2 the quantile is central_normal_quantile's, beyond it tail_normal_quantile's.
inline constexpr double kNormalCentre = 0.425;

PISHKHAN_INLINE double central_normal_quantile(double u) {
  const double q = u - 0.5;
  const double r = 0.180625 - q * q;
  const double numerator =
      ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
          4.5921953931549871457e4) *
             r +
         1.3731693765509461125e4) *
            r +
        1.9715909503065514427e3) *
           r +
       1.3314166789178437745e2) *
          r +
      3.3871328727963666080e0;
  const double denominator =
      ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
          2.1213794301586595867e4) *
             r +
         5.3941960214247511077e3) *
            r +
        6.8718700749205790830e2) *
           r +
       4.2313330701600911252e1) *
          r +
      1.0;
  return q * numerator / denominator;
}

PISHKHAN_INLINE double tail_normal_quantile(double u) {
  const double q = u - 0.5;
  const double t = std::sqrt(-natural_log(0.5 - std::fabs(q))) - 1.6;
  const double numerator =
      ((((((7.74545014278341407640e-4 * t + 2.27238449892691845833e-2) * t + 2.41780725177450611770e-1) * t +
          1.27045825245236838258e0) *
             t +
         3.64784832476320460504e0) *
            t +
        5.76949722146069140550e0) *
           t +
       4.63033784615654529590e0) *
          t +
      1.42343711074968357734e0;
  const double denominator =
      ((((((1.05075007164441684324e-9 * t + 5.47593808499534494600e-4) * t + 1.51986665636164571966e-2) * t +
          1.48103976427480074590e-1) *
             t +
         6.89767334985100004550e-1) *
            t +
        1.67638483018380384940e0) *
           t +
       2.05319162663775882187e0) *
          t +
      1.0;
  const double value = numerator / denominator;
  return q < 0 ? -value : value;
}

inline double normal_quantile(double u) {
  return std::fabs(u - 0.5) <= kNormalCentre ? central_normal_quantile(u) : tail_normal_quantile(u);
}

}  // namespace pishkhan
