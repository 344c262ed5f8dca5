#pragma once
#include <span>
#include <utility>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/citizens/citizen_source.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// Books slots for citizens who want an appointment at a station, and brings them on their day. What a
/// citizen does is a function of the citizen's draws and of which slots are free at the station, so that
/// stations need not be in step.
class AppointmentDesk {
 public:
  /// All must outlive it.
  AppointmentDesk(const Scenario& scenario, const Plan::Data& data, DrawKey key)
      : scenario_(scenario), data_(data), key_(key) {}

  /// Of a station's new citizens of a day, those who come at once; the others have booked, or are lost().
  std::span<const FirstAttempt> book(const Day& day, StationIndex station,
                                     std::span<const FirstAttempt> first_attempts, Totals& totals);
  /// Of those who booked for the day: adds who comes to `attempts`, in order of their slots, and keeps who
  /// does not in lost().
  void bring(const Day& day, StationIndex station, Totals& totals, std::vector<Attempt>& attempts);
  /// The same where nobody is on duty all day: who comes is added to `pending`, and walks in another day.
  void send_home(const Day& day, StationIndex station, Totals& totals, std::vector<Attempt>& pending);
  /// Counts the slots that the station offers on a counted day.
  void offer(const Day& day, StationIndex station, Totals& totals) const;

  /// Who gave up for good in the last call of book(), bring() or send_home().
  [[nodiscard]] std::span<const Attempt> lost() const { return lost_; }

 private:
  struct Wish {
    std::uint32_t word;  ///< when on the day
    Attempt attempt;
    StationAppointments at;
  };
  [[nodiscard]] const StationAppointments* appointments_of(const StationPlan& plan, std::size_t service,
                                                           DayNumber date) const;
  [[nodiscard]] bool is_offered(const Appointments& item, std::size_t slot, const StationPlan& station,
                                DayNumber date) const;
  [[nodiscard]] bool find_slot(const Appointments& item, const StationPlan& station, DayNumber today,
                               AppointmentBook& book) const;
  void take_slot(const Day& day, const Wish& wish, Totals& totals);
  /// Who comes on the day, without those who stay away, in came_.
  void find_comers(const Day& day, StationIndex station, Totals& totals);

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  std::vector<Attempt> lost_;
  // Working memory.
  std::vector<FirstAttempt> at_once_;
  std::vector<Wish> wishes_;
  std::vector<std::pair<Attempt, std::uint32_t>> came_;  ///< with their rows
};

}  // namespace pishkhan
