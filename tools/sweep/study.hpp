#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario/precision.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// A value that a factor may have.
struct Level {
  std::string text;                    ///< as tables show it
  double number = 0;                   ///< of a numeric factor, in its unit
  std::vector<std::string> overrides;  ///< what it changes in the scenario: `path=value`
  Mark mark;
};

/// What a study varies: one path of the scenario, or several together by named variants.
struct Factor {
  std::string id;
  std::string path;           ///< empty: of variants
  std::vector<Level> levels;  ///< empty: every number from low to high
  double low = 0, high = 0;
  bool is_numeric = false;  ///< all levels are numbers with the same unit after them
  std::string unit;         ///< as written after the number: ` / min`, `%`; may be empty
  bool has_plus = false;    ///< numbers not below 0 have a plus before them: what is added, as `+20%`
  Mark mark;

  /// The value of a factor without levels; `share` in [0, 1) is where it lies between low and high.
  [[nodiscard]] Level between(double share) const;
  /// A value in few digits, for people.
  [[nodiscard]] std::string short_text(const Level& level) const;
};

enum class DesignKind : std::uint8_t {
  full_factorial,
  one_at_a_time,
  latin_hypercube,
  sobol,
  sobol_indices,  ///< rows of points, as pick_freeze_points has them
  morris,         ///< trajectories, as trajectory_points has them
};

/// Which value of a response is best.
enum class Best : std::uint8_t { none, least, greatest };

/// A quantity of every point: of all stations, those of a channel or a county, or one station.
struct Response {
  std::string quantity;                  ///< as in the tables of a run, without `_mean`
  std::string channel, county, station;  ///< at most one is not empty
  Mark mark;
  Best best = Best::none;  ///< none: no point is called best
};

/// A study file: which scenarios to simulate, and what to note of each.
struct Study {
  std::filesystem::path file;
  std::string text;                          ///< of the file
  std::shared_ptr<const SourceFiles> files;  ///< has the file, and the scenario of each point
  std::string title;
  std::filesystem::path scenario;
  std::vector<std::string> sets;  ///< `path=value` of every point, before its factors
  std::vector<Factor> factors;
  DesignKind design = DesignKind::full_factorial;
  std::size_t sample = 0;  ///< points of a Latin hypercube or a Sobol sequence; rows of a sensitivity's
  std::size_t grid = 4;    ///< values of a factor on a trajectory
  std::uint64_t design_seed = 1;  ///< of what is drawn
  std::vector<Response> responses;
  int replications = 0;                     ///< of each point; 0: as the scenario says
  std::optional<Precision> precision = {};  ///< decides how many a point has, instead of a number

  /// Points in a row of a sensitivity's design; 0 of other designs.
  [[nodiscard]] std::size_t points_of_row() const;
};

/// Most points of a study.
inline constexpr std::size_t kMostPoints = 1'000'000;
/// Most points of which the best is sought: each is compared with each.
inline constexpr std::size_t kMostCompared = 10'000;
/// Fewest replications of a study of sensitivities.
inline constexpr int kFewestForSensitivities = 3;

/// Reads a study. Throws UserError with all mistakes at once, EnvironmentError when the file cannot be read.
Study load_study(const std::filesystem::path& file);

}  // namespace pishkhan
