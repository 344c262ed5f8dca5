#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {

/// The texts of one language: tools/texts/fa.json or en.json.
class Texts {
 public:
  explicit Texts(Language language);

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] const std::map<std::string, std::string>& all() const { return texts_; }
  /// Expects that there is such a text.
  [[nodiscard]] const std::string& at(const std::string& key) const;
  /// The text, or what is to stand where there is none.
  [[nodiscard]] const std::string& at_or(const std::string& key, const std::string& otherwise) const;
  /// The text with `{name}` replaced by values, which are set as they are.
  [[nodiscard]] std::string fill(const std::string& key,
                                 const std::vector<std::pair<std::string_view, std::string>>& values) const;

 private:
  Language language_;
  std::map<std::string, std::string> texts_;
};

/// A target's name for people: the short form of a scenario's target has none of its own.
std::string target_name(const std::string& id, const Texts& texts);

/// A change that one scenario makes of another, as the table `waterfall` names it: `staffing[0]` is the first
/// item of the verb, `total` all changes.
std::string change_name(const std::string& change, const Texts& texts);

/// A day in words, Solar Hijri: `1 Ordibehesht 1395`.
std::string long_date(DayNumber day, const Texts& texts);

}  // namespace pishkhan
