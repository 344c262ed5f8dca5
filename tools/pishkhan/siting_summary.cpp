#include "tools/pishkhan/siting_summary.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/base/time.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

int clerks_of(const SitingReport& report) {
  int clerks = 0;
  for (const std::size_t c : report.result.sets[report.result.best].set.open)
    clerks += report.sites[c].clerks;
  return clerks;
}

std::string offices_text(const Texts& texts, const SitingReport& report) {
  const Province& province = *report.scenario.province;
  std::string text;
  for (const std::size_t c : report.result.sets[report.result.best].set.open) {
    const SiteRow& site = report.sites[c];
    text += (text.empty() ? "" : texts.at("terminal.compare.separator")) +
            texts.fill("terminal.siting.office",
                       {{"office", site.id}, {"place", name_of(texts, province.places[site.place.index()])}});
  }
  return text;
}

}  // namespace

std::string savings_line(const Texts& texts, const SitingSavings& saved, int working_days,
                         double unserved_s) {
  const auto text_of = [&](const Estimate& estimate) {
    return with_interval(texts, estimate, 1, 1.0 / std::max(working_days, 1));
  };
  const char* verdict = saved.saved_h.low > 0    ? "terminal.siting.saves"
                        : saved.saved_h.high < 0 ? "terminal.siting.costs"
                                                 : "terminal.siting.undecided";
  return texts.fill(verdict, {{"saved", text_of(saved.saved_h)},
                              {"travel", text_of(saved.travel_h)},
                              {"wait", text_of(saved.wait_h)},
                              {"minutes", grouped(texts, unserved_s / kSecondsPerMinute)}}) +
         '\n';
}

std::string siting_findings(const Texts& texts, const SitingReport& report) {
  const SitingResult& result = report.result;
  const auto number = [&](double value) { return grouped(texts, value); };
  const int days = std::max(result.working_days, 1), clerks = clerks_of(report);
  const SimulatedSet& best = result.sets[result.best];
  std::string text =
      texts.fill("terminal.siting.what", {{"title", report.scenario.title},
                                          {"n", number(static_cast<double>(best.set.open.size()))},
                                          {"candidates", number(static_cast<double>(report.sites.size()))},
                                          {"sets", number(static_cast<double>(result.sets.size()))},
                                          {"search", number(result.search_replications)},
                                          {"replications", number(result.proof_replications)},
                                          {"seed", std::to_string(result.proof_seed)}}) +
      '\n' + texts.fill("terminal.siting.open", {{"offices", offices_text(texts, report)}}) + '\n';
  text += savings_line(texts, result.saved, result.working_days, report.unserved_s) +
          texts.fill("terminal.siting.clerks",
                     {{"n", number(clerks)},
                      {"each", grouped(texts, result.saved.saved_h.mean / days / std::max(clerks, 1), 1)}}) +
          '\n';
  text += texts.at(result.exhaustive ? "terminal.siting.exhaustive" : "terminal.siting.exchange") + '\n';
  return text + texts.at("terminal.siting.assumed") + '\n';
}

std::string siting_summary(const Texts& texts, const SitingReport& report) {
  return siting_findings(texts, report) +
         texts.fill("terminal.siting.scenario", {{"file", (report.out / report.opened).string()}}) + '\n' +
         texts.fill("terminal.compare.tables", {{"folder", report.out.string()}}) + '\n';
}

std::string siting_json(const SitingReport& report) {
  const SitingResult& result = report.result;
  nlohmann::ordered_json json = json_of_command("staff");
  json["scenario"] = report.scenario.name;
  json["folder"] = report.out.generic_string();
  json["opened"] = report.opened;
  json["proof_seed"] = result.proof_seed;
  json["proof_replications"] = result.proof_replications;
  json["unserved_s"] = report.unserved_s;
  json["working_days"] = result.working_days;
  json["offices"] = nlohmann::ordered_json::array();
  for (const std::size_t c : result.sets[result.best].set.open) json["offices"].push_back(report.sites[c].id);
  json["clerks"] = clerks_of(report);
  json["exhaustive"] = result.exhaustive;
  json["saved_h"] = interval_json(result.saved.saved_h);
  json["travel_saved_h"] = interval_json(result.saved.travel_h);
  json["wait_saved_h"] = interval_json(result.saved.wait_h);
  return json_line(json);
}

}  // namespace pishkhan
