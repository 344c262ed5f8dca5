#include "models/siting/authorising.hpp"

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/plan/visit_work.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

std::vector<TrialResult> simulate(Scenario scenario, const AuthorisingResult& result,
                                  const AuthorisingOptions& options) {
  scenario.run.seed = result.proof_seed;
  return simulate_and_keep(scenario, result.proof_replications, options.threads, options.stop,
                           [](TrialResult trial) { return trial; });
}

std::vector<Spent> spent_in_all(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                double unserved_s) {
  std::vector<Spent> spent;
  for (const TrialResult& trial : trials) spent.push_back(spent_in(scenario, trial, unserved_s));
  return spent;
}

std::vector<double> clerk_times(const Scenario& scenario, std::span<const ChosenAuthorisation> chosen) {
  const Plan plan(scenario);
  std::vector<double> clerk_s;
  for (const ChosenAuthorisation& one : chosen) {
    const VisitWork work =
        work_of_visit(scenario, plan.data(), one.given.office.index(), one.given.service.index(),
                      scenario.run.start + scenario.run.days - 1);
    clerk_s.push_back(work.human_s + work.calls_s);
  }
  return clerk_s;
}

}  // namespace

AuthorisingResult authorise_services(
    const Scenario& as_is, std::span<const ServiceId> services,
    const std::function<Scenario(std::span<const ChosenAuthorisation>)>& with_them,
    const AuthorisingOptions& options) {
  PISHKHAN_EXPECT(as_is.province && options.number > 0);
  AuthorisingResult result;
  result.working_days = working_days_of(as_is);
  result.proof_replications = siting_replications(as_is, options.first_days);
  result.proof_seed = proof_seed(as_is, 1);
  result.chosen = choose_authorisations(as_is, services, options.number, options.most_sets);
  const Scenario after = with_them(result.chosen.list);
  result.clerk_s = clerk_times(after, result.chosen.list);
  result.before = simulate(as_is, result, options);
  result.after = simulate(after, result, options);
  // Places and travel are the same in both.
  result.saved = find_savings(spent_in_all(as_is, result.before, options.unserved_s),
                              spent_in_all(as_is, result.after, options.unserved_s));
  return result;
}

}  // namespace pishkhan
