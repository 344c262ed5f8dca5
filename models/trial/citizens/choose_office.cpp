#include "models/trial/citizens/choose_office.hpp"

#include <limits>

#include "models/trial/purpose.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

/// A pick costs much less than a clock for every office; after so many in vain, few are likely to serve.
constexpr std::uint32_t kPicks = 32;

double exponential_time(std::uint32_t high, std::uint32_t low) { return -natural_log(uniform(high, low)); }

/// Who is first, and when.
struct Winner {
  StationIndex office = kNoStation;
  double time = std::numeric_limits<double>::infinity();

  void meet(StationIndex other, double other_time) {
    if (other_time < time) office = other, time = other_time;
  }
};

class Race {
 public:
  Race(const OfficeChoices& among, const ChoosingCitizen& citizen) : among_(among), citizen_(citizen) {}

  StationIndex winner() {
    Winner winner;
    if (among_.own()) winner = best_of_own();
    if (!among_.opened) return winner.office;
    among_.for_each([&](const Attraction& office) {
      if (office.opened) meet_clock_of(office, winner);
    });
    return winner.office;
  }

 private:
  /// As winner.meet(office.office, clock(office)), but of the many clocks that come late no logarithm.
  void meet_clock_of(const Attraction& office, Winner& winner) const {
    constexpr double kRounding = 1e-9;
    const Block words = block(0, citizen_.ids ^ office.key, Purpose::clock);
    const double u = uniform(words[0], words[1]);
    // -ln(u) >= 1 - u
    if ((1 - u) * (1 - kRounding) >= winner.time * office.weight) return;
    winner.meet(office.office, -natural_log(u) / office.weight);
  }

  /// The first pick is one of all; after it, the kinds pick each for themselves. CitizenSource::route has a
  /// fast twin for a first pick that decides.
  Winner best_of_own() {
    const OfficeTable& table = among_.reach->own;
    const StationIndex office = table.pick(citizen_.first_pick);
    const double time = among_.opened ? pick_time(0) / table.total_weight() : 0;
    if (among_.may_serve[office.index()] != 0) return {office, time};
    Winner winner;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      if (!among_.own_of_kind[kind]) continue;
      const Winner of_kind = best_of_kind(kind, time);
      winner.meet(of_kind.office, of_kind.time);
    }
    return winner;
  }

  Winner best_of_kind(std::size_t kind, double time) {
    const OfficeTable& table = among_.reach->own;
    const bool alone = !among_.opened && !among_.own_of_kind[1 - kind];
    const double weight = table.weight_of(kind);
    Block words{};
    for (std::uint32_t number = 0; number < kPicks && weight > 0; ++number) {
      const auto n = static_cast<std::uint32_t>(kind) * kPicks + number;
      if (number % 4 == 0) words = block(n / 4, citizen_.ids, Purpose::pick);
      if (!alone) time += pick_time(1 + n) / weight;
      const StationIndex office = table.pick_within(kind, words[number % 4]);
      if (among_.may_serve[office.index()] != 0) return {office, time};
    }
    Winner winner;
    among_.for_each([&](const Attraction& office) {
      if (!office.opened && static_cast<std::size_t>(office.kind) == kind)
        winner.meet(office.office, time + clock(office));
    });
    return winner;
  }

  [[nodiscard]] Block block(std::uint32_t number, IdKey ids, Purpose purpose) const {
    return draw(citizen_.key, citizen_.index, ids, citizen_.origin, tag(number, purpose));
  }
  /// To a pick from the one before, where weights add to 1.
  [[nodiscard]] double pick_time(std::uint32_t number) const {
    const Block words = block(number, citizen_.ids, Purpose::pick_time);
    return exponential_time(words[0], words[1]);
  }
  [[nodiscard]] double clock(const Attraction& office) const {
    const Block words = block(0, citizen_.ids ^ office.key, Purpose::clock);
    return exponential_time(words[0], words[1]) / office.weight;
  }

  const OfficeChoices& among_;
  const ChoosingCitizen& citizen_;
};

}  // namespace

StationIndex choose_office(const OfficeChoices& among, const ChoosingCitizen& citizen) {
  return among.in_reach() ? Race(among, citizen).winner() : among.nearest;
}

}  // namespace pishkhan
