#pragma once
#include <memory>
#include <string>

#include "tools/texts/numbers.hpp"

namespace pishkhan {

/// Whether a name comes before another in the alphabet of a language, numbers in names by their value.
class NameOrder {
 public:
  explicit NameOrder(Language language);
  bool operator()(const std::string& a, const std::string& b) const;

 private:
  struct Collator;
  std::shared_ptr<const Collator> collator_;
};

}  // namespace pishkhan
