#include "models/scenario/verbs/failures.hpp"

namespace pishkhan {
namespace {

void slow_down(const Written<FailureKeys>& item, VerbContext& context) {
  if (!context.run_is_good) return;
  const std::size_t before = context.mistakes.size();
  Outage outage;
  outage.cores_share = item->cores_share;
  if (item->cores_share >= 1) {
    context.refuse(item.at(&FailureKeys::cores_share),
                   in_backticks(item.text(&FailureKeys::cores_share)) + " slows nothing down",
                   "a slow-down leaves less than all cores; see `systems` for more of them");
  }
  outage.which = context.select.agencies(item->agency);
  add_outage(item, std::move(outage), before, context);
}

}  // namespace

Verb slow_downs_verb() {
  Section<FailureKeys> keys("a slow-down");
  keys.required("agency", &FailureKeys::agency, names_or_all_value(), "Systems of these agencies.");
  keys.required("cores", &FailureKeys::cores_share, value::positive(Quantity::share),
                "Share of the cores that is left, at least one of them.");
  add_failure_times(keys);
  return make_verb("slow_downs", "a list of slow-downs",
                   "Systems that lose part of their cores, by schedule or at random.", keys, slow_down);
}

}  // namespace pishkhan
