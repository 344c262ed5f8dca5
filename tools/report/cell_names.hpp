#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "models/province/province.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What people call a station or service.
struct CellName {
  std::string name_fa, name_en;
  std::string county;  ///< id; empty for services
};

/// A counter's agency and county in the language of the texts.
std::string counter_name(const Province& province, const Counter& counter, const Texts& texts);

/// Of an office its name, of a counter counter_name; stations are numbered with the offices before the
/// counters.
std::string station_name(const Province& province, std::size_t station, const Texts& texts);

/// Names of the offices, counters and services of compared runs, and of bare stations and their streams.
class CellNames {
 public:
  explicit CellNames(std::span<const ComparedRun> runs);
  /// Empty where there are none.
  [[nodiscard]] const CellName& of(const CellKey& key) const;

 private:
  std::map<std::string, std::map<std::string, CellName>> by_level_;
};

}  // namespace pishkhan
