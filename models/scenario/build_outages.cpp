#include <algorithm>
#include <iterator>

#include "models/scenario/build_parts.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostOverlapsTold = 20;

class OutageBuilder {
 public:
  OutageBuilder(Builder& builder, Selector& select, Scenario& scenario)
      : builder_(builder), select_(select), scenario_(scenario), province_(*scenario.province) {}

  void read(const Node& root, std::string_view key, bool slow_downs) {
    const Node* list = root.find(key);
    if (list == nullptr || list->kind != Node::Kind::list) return;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const Node& node = list->items[i];
      if (!node.sound) continue;
      const std::string path = path_of(std::string(key), i);
      Outage outage;
      const std::size_t before = builder_.mistakes().size();
      if (slow_downs)
        slow_down(node, path, outage);
      else
        failing(node, path, outage);
      when(node, path, outage);
      if (builder_.mistakes().size() > before) continue;
      scenario_.outages.push_back(std::move(outage));
      marks_.push_back(node.mark);
    }
  }

  /// Sentences about what is odd and not wrong.
  void note() {
    for (std::size_t i = 0; i < marks_.size(); ++i) note_outside(i);
    note_overlaps();
  }

 private:
  void failing(const Node& node, const std::string& path, Outage& outage) {
    std::vector<std::string_view> said;
    for (const std::string_view key : {"agency", "link_of", "county_link", "power_of"})
      if (node.find(key) != nullptr) said.push_back(key);
    if (said.size() != 1) {
      const std::string problem =
          said.empty() ? "nothing fails" : in_ticks(said[0]) + " and " + in_ticks(said[1]) + " in one outage";
      builder_.mistake(node, path, problem,
                       "each outage is of one of `agency`, `link_of`, `county_link` and `power_of`");
      return;
    }
    const std::string_view key = said.front();
    const bool of_link = key == "link_of" || key == "county_link";
    if (of_link && scenario_.backbone.link_kinds.empty()) {
      builder_.mistake(node, path_of(path, key), "an outage of links in a backbone without links",
                       "describe them in `backbone.access`");
      return;
    }
    outage.of = key == "agency"     ? OutageOf::system
                : key == "link_of"  ? OutageOf::link
                : key == "power_of" ? OutageOf::power
                                    : OutageOf::county_link;
    if (key == "agency") {
      outage.which = select_.agencies(node, path);
    } else if (key == "county_link") {
      outage.which = select_.counties(node, key, path);
    } else {
      const Selection at = select_.stations(*node.find(key), path_of(path, key));
      for (const OfficeId id : at.offices) outage.which.push_back(id.value);
      const auto offices = static_cast<std::uint32_t>(province_.offices.size());
      for (const CounterId id : at.counters) outage.which.push_back(offices + id.value);
    }
  }

  void slow_down(const Node& node, const std::string& path, Outage& outage) {
    const Node& cores = *node.find("cores");
    outage.cores_share = cores.number;
    if (cores.number >= 1)
      builder_.mistake(cores, path_of(path, "cores"), in_ticks(cores.text) + " slows nothing down",
                       "a slow-down leaves less than all cores; see `systems` for more of them");
    outage.which = select_.agencies(node, path);
  }

  void when(const Node& node, const std::string& path, Outage& outage) {
    const Node* from = node.find("from");
    const Node* lasts = node.find("for");
    const Node* between = node.find("mean_time_between_failures");
    const Node* repair = node.find("repair");
    const bool scheduled = from != nullptr || lasts != nullptr,
               random = between != nullptr || repair != nullptr;
    if (scheduled == random) {
      builder_.mistake(node, path, scheduled ? "both by schedule and at random" : "it never begins",
                       "give `from` and `for`, or `mean_time_between_failures` and `repair`");
      return;
    }
    if (scheduled && (from == nullptr || lasts == nullptr)) {
      builder_.mistake(node, path, "`from` and `for` go together");
    } else if (random && (between == nullptr || repair == nullptr)) {
      builder_.mistake(node, path, "`mean_time_between_failures` and `repair` go together");
    } else if (scheduled) {
      outage.from_s = from->number - scenario_.run.start * kSecondsPerDay;
      outage.for_s = lasts->number;
    } else {
      outage.between_s = between->number;
      outage.repair = builder_.distribution(*repair, path_of(path, "repair"));
      if (mean(outage.repair) <= 0)
        builder_.mistake(*repair, path_of(path, "repair"), "a repair that takes no time",
                         "no failure would be seen");
    }
  }

  void note_outside(std::size_t i) {
    const Outage& outage = scenario_.outages[i];
    if (outage.for_s <= 0) return;
    const bool before = outage.from_s + outage.for_s <= 0;
    const bool after = outage.from_s >= scenario_.run.days * kSecondsPerDay;
    if (!before && !after) return;
    const char* what = outage.cores_share > 0 ? "slow-down" : "outage";
    scenario_.notices.push_back(file_of(marks_[i]) + ": the " + what + " at " + line_of(marks_[i]) +
                                (before ? " is over before the run" : " begins after the run"));
  }

  void note_overlaps() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < marks_.size(); ++i)
      if (scenario_.outages[i].for_s > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return scenario_.outages[a].from_s < scenario_.outages[b].from_s;
    });
    std::size_t told = 0;
    for (std::size_t a = 0; a < order.size(); ++a) {
      const Outage& first = scenario_.outages[order[a]];
      for (std::size_t b = a + 1; b < order.size(); ++b) {
        const Outage& second = scenario_.outages[order[b]];
        if (second.from_s >= first.from_s + first.for_s) break;
        if (second.of != first.of || (second.cores_share > 0) != (first.cores_share > 0)) continue;
        const std::vector<std::uint32_t> both = in_both(first, second);
        if (both.empty()) continue;
        if (++told > kMostOverlapsTold) return;
        note_overlap(order[a], order[b], both);
      }
    }
  }

  void note_overlap(std::size_t a, std::size_t b, const std::vector<std::uint32_t>& which) {
    const Outage &first = scenario_.outages[a], &second = scenario_.outages[b];
    const double midnight_s = scenario_.run.start * kSecondsPerDay;
    const double ends_s = std::max(first.from_s + first.for_s, second.from_s + second.for_s);
    const bool one_file = *marks_[a].file == *marks_[b].file;
    std::string text = one_file ? file_of(marks_[a]) + ": " : "";
    text += (first.cores_share > 0 ? "slow-downs of " : "outages of ") + name_of(first.of, which) + " at ";
    text += one_file ? line_of(marks_[std::min(a, b)]) + " and " + line_of(marks_[std::max(a, b)])
                     : place_of(marks_[a]) + " and " + place_of(marks_[b]);
    text += first.cores_share == second.cores_share ? " overlap and count as one"
                                                    : " overlap, and while they do the fewer cores count,";
    scenario_.notices.push_back(text + " from " + date_time_text(midnight_s + first.from_s) + " to " +
                                date_time_text(midnight_s + ends_s));
  }

  static std::vector<std::uint32_t> in_both(const Outage& a, const Outage& b) {
    std::vector<std::uint32_t> both;
    std::set_intersection(a.which.begin(), a.which.end(), b.which.begin(), b.which.end(),
                          std::back_inserter(both));
    return both;
  }

  [[nodiscard]] std::string name_of(OutageOf of, const std::vector<std::uint32_t>& which) const {
    const std::uint32_t at = which.front();
    const auto station = [&] {
      const std::size_t offices = province_.offices.size();
      return at < offices ? province_.offices[at].id : province_.counters[at - offices].id;
    };
    std::string text = of == OutageOf::system        ? "the system of " + province_.agencies[at].id
                       : of == OutageOf::link        ? "the link of " + station()
                       : of == OutageOf::county_link ? "the county link of " + province_.counties[at].id
                                                     : "the power of " + station();
    return which.size() > 1 ? text + " and " + std::to_string(which.size() - 1) + " more" : text;
  }

  static std::string file_of(const Mark& mark) { return mark.file ? *mark.file : ""; }
  static std::string line_of(const Mark& mark) {
    return mark.line > 0 ? "line " + std::to_string(mark.line) : "no line";
  }

  static std::string place_of(const Mark& mark) { return file_of(mark) + ' ' + line_of(mark); }

  Builder& builder_;
  Selector& select_;
  Scenario& scenario_;
  const Province& province_;
  std::vector<Mark> marks_;  ///< by outage
};

}  // namespace

void build_outages(Builder& builder, Selector& select, const Node& root, Scenario& scenario) {
  OutageBuilder outages(builder, select, scenario);
  outages.read(root, "outages", false);
  outages.read(root, "slow_downs", true);
  outages.note();
}

}  // namespace pishkhan
