#pragma once
#include <string>
#include <vector>

#include "models/scenario/text/document.hpp"

namespace pishkhan {

/// A quantity of a run: of all stations, those of a channel or a county, or one station.
struct WatchedQuantity {
  std::string quantity;                  ///< as in the tables of a run, without `_mean`
  std::string channel, county, station;  ///< at most one is not empty
  Mark mark = {};
  std::string path = {};  ///< in the file, for messages
};

/// How precisely a run is to know some quantities, which decides how many replications it has.
struct Precision {
  double share = 0;                 ///< > 0: relative, longer arm / mean
  std::string text;                 ///< as written: `5%`, or `30 s`, absolute, in the unit of the quantities
  std::vector<WatchedQuantity> of;  ///< all must be known as precisely; empty in a study: its responses
  int at_most = 0;                  ///< replications
  Mark mark = {};                   ///< of `text`
  std::string path = {};
};

/// Replications after which a run looks for the first time whether it is precise.
inline constexpr int kFirstLook = 10;

/// As an override writes it: `{precision: "5%", of: [{quantity: wait_joined_s, channel: office}], at_most:
/// 200}`.
std::string precision_text(const Precision& precision);

}  // namespace pishkhan
