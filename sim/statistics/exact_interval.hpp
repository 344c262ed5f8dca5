#pragma once

// Exact 95% intervals of what is counted. The counts need not be whole: they may be effective ones. Ends have
// 33 bits, ten digits.
namespace pishkhan {

struct Ends {
  double low = 0, high = 0;
};

/// Of a share, of which `good` and `rest` independent observations were seen: Clopper and Pearson (1934).
Ends binomial_interval(double good, double rest);

/// Of a Poisson variable's mean, of which `events` were seen: Garwood (1936).
Ends poisson_interval(double events);

}  // namespace pishkhan
