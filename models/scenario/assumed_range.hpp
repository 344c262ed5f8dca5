#pragma once
#include <string>

namespace pishkhan {

/// How far an assumed number may be off, as `evidence.csv` says it: factors, `low` at most 1 and `high` at
/// least 1. What is multiplied by them: models/scenario/assumed_numbers.hpp.
struct AssumedRange {
  std::string file;    ///< `services.csv`, or the file of a scenario
  std::string column;  ///< column, or dotted key
  double low = 1, high = 1;
};

}  // namespace pishkhan
