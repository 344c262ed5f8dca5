#include "tools/texts/name_order.hpp"

#include <unicode/coll.h>

#include "sim/base/contract.hpp"
#include "tools/texts/icu.hpp"

namespace pishkhan {

struct NameOrder::Collator {
  std::unique_ptr<icu::Collator> icu;
};

NameOrder::NameOrder(Language language) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale_of(language), error));
  PISHKHAN_ENSURE(U_SUCCESS(error));
  collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  collator_ = std::make_shared<const Collator>(Collator{std::move(collator)});
}

bool NameOrder::operator()(const std::string& a, const std::string& b) const {
  UErrorCode error = U_ZERO_ERROR;
  const UCollationResult result = collator_->icu->compareUTF8(a, b, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  return result == UCOL_LESS;
}

}  // namespace pishkhan
