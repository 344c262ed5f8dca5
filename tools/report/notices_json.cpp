#include "tools/report/notices_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "tools/texts/notices.hpp"

namespace pishkhan {

nlohmann::ordered_json notices_json(std::span<const Notice> notices) {
  const Texts english(Language::english);
  std::vector<nlohmann::ordered_json> entries;
  for (const Notice& notice : notices) {
    nlohmann::ordered_json entry{{"text", notice_text(english, notice)}, {"key", notice.key}};
    entry["values"] = nlohmann::ordered_json::array();
    for (const NoticeValue& value : notice.values) {
      entry["values"].push_back(
          {{"name", value.name}, {"kind", to_string(value.kind)}, {"text", value.text}});
    }
    entries.push_back(std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.at("text") < b.at("text"); });
  return entries;
}

std::optional<std::vector<Notice>> read_notices(const nlohmann::json& json) {
  const Texts english(Language::english);
  std::vector<Notice> notices;
  try {
    for (const nlohmann::json& entry : json) {
      Notice notice{entry.at("key").get<std::string>()};
      if (!notice.key.starts_with("notice.") || !english.all().contains(notice.key)) return std::nullopt;
      for (const nlohmann::json& value : entry.at("values")) {
        const auto kind = notice_value_kind(value.at("kind").get<std::string>());
        if (!kind) return std::nullopt;
        notice.values.push_back(
            {value.at("name").get<std::string>(), *kind, value.at("text").get<std::string>()});
      }
      notices.push_back(std::move(notice));
    }
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
  return notices;
}

}  // namespace pishkhan
