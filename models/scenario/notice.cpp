#include "models/scenario/notice.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/scenario/schema/quantity.hpp"

namespace pishkhan {
namespace {

constexpr std::array<std::string_view, 5> kValueKinds = {"text", "number", "weekdays", "reason", "date_time"};

}  // namespace

std::string_view to_string(NoticeValue::Kind kind) { return kValueKinds.at(static_cast<std::size_t>(kind)); }

std::optional<NoticeValue::Kind> notice_value_kind(std::string_view name) {
  const auto at = std::find(kValueKinds.begin(), kValueKinds.end(), name);
  if (at == kValueKinds.end()) return std::nullopt;
  return static_cast<NoticeValue::Kind>(at - kValueKinds.begin());
}

NoticeValue text_value(std::string name, std::string text) {
  return {std::move(name), NoticeValue::Kind::text, std::move(text)};
}

NoticeValue number_value(std::string name, double number) {
  return {std::move(name), NoticeValue::Kind::number, short_text(number)};
}

NoticeValue weekdays_value(std::string name, const std::set<std::size_t>& weekdays) {
  std::string text;
  for (const std::size_t day : weekdays)
    text += (text.empty() ? "" : ", ") + std::string(weekday_name(static_cast<int>(day)));
  return {std::move(name), NoticeValue::Kind::weekdays, std::move(text)};
}

}  // namespace pishkhan
