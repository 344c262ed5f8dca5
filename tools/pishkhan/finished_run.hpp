#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "sim/statistics/sequential.hpp"
#include "tools/pishkhan/offered_load.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/report/factor_fit.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// The simulation contradicts itself. Never without failures.
class FailedAudit : public std::exception {
 public:
  explicit FailedAudit(std::vector<std::string> failures) : failures_(std::move(failures)) {}
  [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }
  [[nodiscard]] const char* what() const noexcept override { return failures_.front().c_str(); }

 private:
  std::vector<std::string> failures_;
};

/// Throws FailedAudit.
void expect_passed(const Audit& audit);

struct Simulated {
  std::vector<TrialResult> trials;
  std::optional<PrecisionLook> look;  ///< of a run that ends when it is precise
  std::vector<Without> without;
  std::vector<Change> changes;
  std::vector<FactorFit> fits;     ///< to what was counted
  std::vector<TrialResult> fixed;  ///< with `inputs: sampled`, the same with the scenario's own numbers
  std::vector<Load> overloaded;    ///< stations that cannot keep up, as `check` says; empty if not asked for
};

/// A run that is simulated, with what its manifest says before anything is written.
struct FinishedRun {
  std::shared_ptr<const Scenario> scenario;
  Simulated simulated;
  Manifest manifest;

  [[nodiscard]] Results results() const {
    return {manifest.scenario, simulated.trials, simulated.without,
            simulated.changes, simulated.fits,   simulated.fixed};
  }
};

/// All replications, of which the first may be known (`earlier`), and, for what it costs, the same citizens
/// without. The scenario of the finished run is the one given, or where that asks for a precision, the one of
/// as many replications as this took, which `with_replications` makes. The audit may have failed. Throws
/// EnvironmentError where the memory has no room, and Interrupted.
FinishedRun simulate_run(std::shared_ptr<const Scenario> scenario,
                         const std::function<Scenario(int)>& with_replications, const TrialFunction& trial,
                         const SimulationOptions& options, std::vector<TrialResult> earlier,
                         bool find_overloaded);

/// How a run ended that ends when it is precise. That it is not is a notice of the run.
Notice precision_notice(const AskedPrecision& asked, int replications);

}  // namespace pishkhan
