#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/trial/run_trial.hpp"

namespace pishkhan {

class KeptDays;
class PartialRun;
struct PartToSimulate;

/// A replication of a base scenario, and what its days were made of.
class KeptReplication {
 public:
  KeptReplication();
  ~KeptReplication();
  KeptReplication(KeptReplication&&) noexcept;
  KeptReplication& operator=(KeptReplication&&) noexcept;
  KeptReplication(const KeptReplication&) = delete;
  KeptReplication& operator=(const KeptReplication&) = delete;

  [[nodiscard]] const TrialResult& result() const { return result_; }

 private:
  friend class Reuse;
  TrialResult result_;
  std::unique_ptr<const KeptDays> days_;
};

/// How much of a replication was simulated.
struct SimulatedPart {
  std::size_t stations = 0;      ///< again, or all
  std::size_t meetings = 0;      ///< days on which these may meet others at a system with too few cores
  std::size_t station_days = 0;  ///< of these stations, and on such days of those whom they may meet
  bool whole = false;            ///< all was simulated
};

/// Simulates variants of a base scenario. Of each only the stations that its changes touch are simulated
/// again (see find_touched_stations); results are those of run_trial, to the byte.
class Reuse {
 public:
  /// The base must outlive it.
  explicit Reuse(const Plan& base) : base_(base) {}

  /// Whether run_and_keep can be of use: a province whose days are not always simulated with all stations
  /// together.
  [[nodiscard]] static bool may_help(const Scenario& base);
  /// About what a replication keeps, beside its result.
  [[nodiscard]] static double kept_bytes(const Plan& base);

  /// run_trial of the base.
  [[nodiscard]] KeptReplication run_and_keep(std::uint32_t number, const TrialOptions& options = {}) const;

  /// By station, 1 where a variant must be simulated again; nothing where only a whole run tells its results,
  /// or would be as quick.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> stations_to_simulate(const Plan& variant) const;

  /// run_trial of a variant, whose stations_to_simulate() are given. On a day on which they meet others at a
  /// system with too few cores, those who meet are simulated too, and if they are decided otherwise then, on
  /// all days.
  TrialResult run_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                          const KeptReplication& kept, std::uint32_t number, const TrialOptions& options = {},
                          SimulatedPart* part = nullptr) const;
  /// The same, and the variant's replication is kept as run_and_keep() of it would.
  [[nodiscard]] KeptReplication run_and_keep_variant(const Plan& variant,
                                                     const std::vector<std::uint8_t>& stations,
                                                     const KeptReplication& kept, std::uint32_t number,
                                                     const TrialOptions& options, SimulatedPart* part) const;

 private:
  [[nodiscard]] PartToSimulate find_part(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                         const KeptDays& days) const;
  std::optional<TrialResult> run_in_part(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                         const KeptReplication& kept, std::uint32_t number,
                                         const TrialOptions& options, KeptReplication* keep,
                                         SimulatedPart* simulated) const;
  std::optional<TrialResult> simulate_part(const Plan& variant, PartToSimulate& part,
                                           const KeptReplication& kept, std::uint32_t number,
                                           const TrialOptions& options, KeptReplication* keep) const;
  [[nodiscard]] std::optional<TrialResult> exchange(const Plan& variant, const PartToSimulate& part,
                                                    const KeptReplication& kept, PartialRun& before,
                                                    PartialRun& after, const TrialOptions& options) const;
  const Plan& base_;
};

}  // namespace pishkhan
