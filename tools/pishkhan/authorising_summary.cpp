#include "tools/pishkhan/authorising_summary.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tools/pishkhan/siting_summary.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

/// What a line of text lists, at most.
constexpr std::size_t kMostAuthorisations = 10, kMostOffices = 3;

const Office& office_of(const AuthorisingReport& report, OfficeId id) {
  return report.scenario.province->offices[id.index()];
}
const Service& service_of(const AuthorisingReport& report, ServiceId id) {
  return report.scenario.province->services[id.index()];
}

std::string list_text(const Texts& texts, const std::vector<std::string>& items, std::size_t all) {
  std::string text;
  for (const std::string& item : items)
    text += (text.empty() ? "" : texts.at("terminal.compare.separator")) + item;
  if (items.size() == all) return text;
  return texts.fill("terminal.authorising.more",
                    {{"list", text}, {"n", grouped(texts, static_cast<double>(all - items.size()))}});
}

/// Those that save most first.
std::string authorisations_text(const Texts& texts, const AuthorisingReport& report) {
  std::vector<ChosenAuthorisation> list = report.result.chosen.list;
  std::stable_sort(list.begin(), list.end(), [](const ChosenAuthorisation& a, const ChosenAuthorisation& b) {
    return a.saved.hours > b.saved.hours;
  });
  std::vector<std::string> items;
  for (std::size_t k = 0; k < std::min(list.size(), kMostAuthorisations); ++k) {
    items.push_back(
        texts.fill("terminal.authorising.one", {{"service", service_of(report, list[k].given.service).id},
                                                {"office", office_of(report, list[k].given.office).id}}));
  }
  return list_text(texts, items, list.size());
}

/// The offices in which a measure rises, or falls, where the interval leaves 0 out; the largest changes
/// first. `key`: of the sentence, and with `_one` of an office in it.
std::string changed_text(const Texts& texts, const AuthorisingReport& report,
                         MeasureChange OfficeChange::*measure, bool rises, const std::string& key) {
  std::vector<const OfficeChange*> changed;
  for (const OfficeChange& change : report.changes) {
    const Estimate& more = (change.*measure).more;
    if (rises ? more.low > 0 : more.high < 0) changed.push_back(&change);
  }
  std::stable_sort(changed.begin(), changed.end(), [=](const OfficeChange* a, const OfficeChange* b) {
    return std::abs((a->*measure).more.mean) > std::abs((b->*measure).more.mean);
  });
  std::vector<std::string> items;
  for (std::size_t k = 0; k < std::min(changed.size(), kMostOffices); ++k) {
    items.push_back(texts.fill(key + "_one", {{"office", office_of(report, changed[k]->office).id},
                                              {"before", percent(texts, (changed[k]->*measure).before)},
                                              {"after", percent(texts, (changed[k]->*measure).after)}}));
  }
  if (items.empty()) return {};
  return texts.fill(key, {{"offices", list_text(texts, items, changed.size())}}) + '\n';
}

/// Of all offices.
struct TargetSums {
  OfficeTargets before, after;
  std::size_t more_missed = 0, fewer_missed = 0;  ///< offices
};
TargetSums targets_of(const AuthorisingReport& report) {
  TargetSums sums;
  const auto add = [](OfficeTargets& sum, const OfficeTargets& one) {
    sum.judged += one.judged;
    sum.missed += one.missed;
  };
  for (const OfficeChange& change : report.changes) {
    add(sums.before, change.targets_before);
    add(sums.after, change.targets_after);
    sums.more_missed += change.targets_after.missed > change.targets_before.missed;
    sums.fewer_missed += change.targets_after.missed < change.targets_before.missed;
  }
  return sums;
}

}  // namespace

std::string authorising_findings(const Texts& texts, const AuthorisingReport& report) {
  const AuthorisingResult& result = report.result;
  const auto number = [&](auto value) { return grouped(texts, static_cast<double>(value)); };
  const std::size_t chosen = result.chosen.list.size();
  std::string text =
      texts.fill("terminal.authorising.what", {{"title", report.scenario.title},
                                               {"n", number(chosen)},
                                               {"candidates", number(result.chosen.candidates)},
                                               {"replications", number(result.proof_replications)},
                                               {"seed", std::to_string(result.proof_seed)}}) +
      '\n';
  if (chosen > 0) {
    text += texts.fill("terminal.authorising.list", {{"list", authorisations_text(texts, report)}}) + '\n' +
            savings_line(texts, result.saved, result.working_days, report.unserved_s) +
            texts.fill(
                "terminal.authorising.expected",
                {{"travel", grouped(texts, result.chosen.saved_h / std::max(result.working_days, 1), 1)}}) +
            '\n' +
            changed_text(texts, report, &OfficeChange::utilization, true, "terminal.authorising.busier") +
            changed_text(texts, report, &OfficeChange::service_level, false, "terminal.authorising.slower");
    const TargetSums targets = targets_of(report);
    text += texts.fill("terminal.authorising.targets", {{"before", number(targets.before.missed)},
                                                        {"after", number(targets.after.missed)},
                                                        {"n", number(targets.after.judged)},
                                                        {"more", number(targets.more_missed)},
                                                        {"fewer", number(targets.fewer_missed)}}) +
            '\n';
  }
  if (chosen < report.asked)
    text += texts.fill("terminal.authorising.fewer", {{"asked", number(report.asked)}}) + '\n';
  return text +
         texts.at(result.chosen.exhaustive ? "terminal.authorising.exhaustive"
                                           : "terminal.authorising.exchange") +
         '\n' + texts.at("terminal.siting.assumed") + '\n';
}

std::string authorising_summary(const Texts& texts, const AuthorisingReport& report) {
  return authorising_findings(texts, report) +
         texts.fill("terminal.authorising.scenario", {{"file", (report.out / report.authorised).string()}}) +
         '\n' + texts.fill("terminal.compare.tables", {{"folder", report.out.string()}}) + '\n';
}

std::string authorising_json(const AuthorisingReport& report) {
  const AuthorisingResult& result = report.result;
  nlohmann::ordered_json json = json_of_command("staff");
  json["scenario"] = report.scenario.name;
  json["folder"] = report.out.generic_string();
  json["authorised"] = report.authorised;
  json["proof_seed"] = result.proof_seed;
  json["proof_replications"] = result.proof_replications;
  json["unserved_s"] = report.unserved_s;
  json["working_days"] = result.working_days;
  json["candidates"] = result.chosen.candidates;
  json["authorisations"] = nlohmann::ordered_json::array();
  for (const ChosenAuthorisation& one : result.chosen.list) {
    json["authorisations"].push_back({{"office", office_of(report, one.given.office).id},
                                      {"service", service_of(report, one.given.service).id}});
  }
  json["exhaustive"] = result.chosen.exhaustive;
  json["expected_travel_saved_h"] = result.chosen.saved_h;
  json["saved_h"] = interval_json(result.saved.saved_h);
  json["travel_saved_h"] = interval_json(result.saved.travel_h);
  json["wait_saved_h"] = interval_json(result.saved.wait_h);
  const TargetSums targets = targets_of(report);
  json["targets"] = targets.after.judged;
  json["targets_missed_before"] = targets.before.missed;
  json["targets_missed_after"] = targets.after.missed;
  json["offices_missing_more"] = targets.more_missed;
  json["offices_missing_fewer"] = targets.fewer_missed;
  return json_line(json);
}

}  // namespace pishkhan
