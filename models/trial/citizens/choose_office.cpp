#include "models/trial/citizens/choose_office.hpp"

#include <limits>

#include "models/trial/purpose.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

/// A pick costs much less than a clock for every office; after so many in vain, few are likely to serve.
constexpr std::uint32_t kPicks = 1 + 4 * 16;

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
    if (among_.own) winner = best_of_own();
    if (!among_.opened) return winner.office;
    among_.for_each([&](const Attraction& office) {
      if (office.opened) winner.meet(office.office, clock(office));
    });
    return winner.office;
  }

 private:
  Winner best_of_own() {
    double time = 0;
    for (std::uint32_t number = 0; number < kPicks; ++number) {
      if (among_.opened) time += pick_time(number);
      const StationIndex office = among_.reach->own.pick(word(number));
      if (among_.may_serve[office.index()] != 0) return {office, time};
    }
    Winner winner;
    among_.for_each([&](const Attraction& office) {
      if (!office.opened) winner.meet(office.office, time + clock(office));
    });
    return winner;
  }

  [[nodiscard]] Block block(std::uint32_t number, IdKey ids, Purpose purpose) const {
    return draw(citizen_.key, citizen_.index, ids, citizen_.origin, tag(number, purpose));
  }
  /// Of a pick.
  std::uint32_t word(std::uint32_t number) {
    if (number == 0) return citizen_.first_pick;
    if (number % 4 == 1) words_ = block(number / 4, citizen_.ids, Purpose::pick);
    return words_[(number - 1) % 4];
  }
  /// From one pick to the next.
  [[nodiscard]] double pick_time(std::uint32_t number) const {
    const Block words = block(number, citizen_.ids, Purpose::pick_time);
    return exponential_time(words[0], words[1]) / among_.reach->own.total_weight();
  }
  [[nodiscard]] double clock(const Attraction& office) const {
    const Block words = block(0, citizen_.ids ^ office.key, Purpose::clock);
    return exponential_time(words[0], words[1]) / office.weight;
  }

  const OfficeChoices& among_;
  const ChoosingCitizen& citizen_;
  Block words_{};
};

}  // namespace

StationIndex choose_office(const OfficeChoices& among, const ChoosingCitizen& citizen) {
  return among.in_reach() ? Race(among, citizen).winner() : among.nearest;
}

}  // namespace pishkhan
