#include "tools/page/page.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/encode.hpp"
#include "tools/page/page_data.hpp"
#include "tools/page/verdict.hpp"
#include "tools/report/notices_json.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::page {
namespace {

using Parts = std::map<std::string, std::string, std::less<>>;

/// The frame with its `{{name}}` replaced.
std::string put_together(std::string_view frame, const Parts& parts) {
  std::string page;
  while (true) {
    const std::size_t open = frame.find("{{"), close = frame.find("}}");
    if (open == std::string_view::npos) return page.append(frame);
    const auto part = parts.find(frame.substr(open + 2, close - open - 2));
    PISHKHAN_ENSURE(part != parts.end());
    page.append(frame.substr(0, open)).append(part->second);
    frame.remove_prefix(close + 2);
  }
}

std::string font_face(std::string_view font, int weight) {
  return "@font-face{font-family:Vazirmatn;font-weight:" + std::to_string(weight) +
         ";src:url(data:font/woff2;base64," + base64(font) + ") format(\"woff2\")}\n";
}

/// Nothing is loaded but what is in the file, and no script or style runs but those of the program.
std::string security_policy(const std::string& script, const std::string& style) {
  return "default-src 'none'; script-src '" + content_hash(script) + "'; style-src '" + content_hash(style) +
         "'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";
}

}  // namespace

RunRecord read_record(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  try {
    auto notices = read_notices(json.at("notices"));
    if (notices) {
      return {json.at("version"), json.at("visits_simulated"), json.at("audit").at("checks"),
              *std::move(notices)};
    }
  } catch (const nlohmann::json::exception&) {  // as where the notices are not those of a run
  }
  throw EnvironmentError(file.string() + " is not the manifest of a run");
}

std::string page_file(const PageParts& page) {
  const std::string style =
      font_face(assets::kRegularFont, 400) + font_face(assets::kBoldFont, 700) + std::string(assets::kStyle);
  const std::string script(page.script);
  Parts parts{{"policy", security_policy(script, style)},
              {"title", escaped(printable(page.title))},
              {"style", style},
              {"script", script},
              {"verdict.fa", page.verdict_fa},
              {"verdict.en", page.verdict_en},
              {"version", escaped(page.version)},
              {"data", base64(gzip(page.data))}};
  for (const Language language : {Language::persian, Language::english}) {
    const std::string ending = language == Language::persian ? ".fa" : ".en";
    const Texts texts(language);
    for (const auto& [key, text] : texts.all())
      if (key.starts_with("frame.")) parts[key + ending] = text;
  }
  return put_together(assets::kFrame, parts);
}

std::string page_html(const PageSource& source) {
  const StationVerdicts verdicts = read_verdicts(source);
  return page_file({source.scenario.title, source.record.version,
                    verdict_html(source, verdicts, Texts(Language::persian)),
                    verdict_html(source, verdicts, Texts(Language::english)),
                    make_page_data(source, verdicts), assets::kRunScript});
}

}  // namespace pishkhan::page
