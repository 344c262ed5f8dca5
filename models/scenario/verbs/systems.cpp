#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeSystems {
  NameChoice agency;
  CountChange cores{CountChange::Kind::add, 0};
};

void change_systems(const Written<ChangeSystems>& item, VerbContext& context) {
  const Location& cores = item.at(&ChangeSystems::cores);
  bool told = false;
  double asked = 0, added = 0;
  for (const std::uint32_t at : context.select.agencies(item->agency)) {
    Agency& agency = context.province.agencies[at];
    const std::int64_t left = item->cores.applied_to(agency.cores);
    if (left >= 1 && left <= kMostCores) {
      asked += item->cores.exactly_applied_to(agency.cores) - agency.cores;
      added += static_cast<double>(left) - agency.cores;
      agency.cores = static_cast<std::uint32_t>(left);
    } else if (!told && context.tables_are_good) {
      told = true;
      const std::string change = in_backticks(cores.node->text), which = in_backticks(agency.id);
      if (left < 1) {
        context.refuse(cores, change + " leaves " + which + " without a core",
                       "at least one; `outages` takes a system away");
      } else {
        context.refuse(cores, change + " gives " + which + " too many cores",
                       "at most " + std::to_string(kMostCores));
      }
    }
  }
  context.add_change("cores added", "cores", asked, added, "cores are whole numbers");
}

}  // namespace

Verb systems_verb() {
  Section<ChangeSystems> keys("a change of systems");
  keys.required("agency", &ChangeSystems::agency, names_or_all_value(), "Which agencies.");
  keys.required("cores", &ChangeSystems::cores, value::change(Quantity::cores),
                "`16` cores of each, `+4`, `-4` or `+50%`.");
  return make_verb("systems", "a list of changes of systems", "More or fewer cores, in the order written.",
                   keys, change_systems);
}

}  // namespace pishkhan
