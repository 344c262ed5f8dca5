#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/scenario.hpp"
#include "models/siting/expected_travel.hpp"

namespace pishkhan {

/// A service that an office may be authorised to give.
struct OfficeService {
  OfficeId office;
  ServiceId service;

  friend bool operator==(const OfficeService&, const OfficeService&) = default;
};

struct ChosenAuthorisation {
  OfficeService given;
  /// What citizens would travel more over the counted days without this one, the others kept.
  Travelled saved;
};

struct ChosenAuthorisations {
  std::vector<ChosenAuthorisation> list;  ///< by service, then office
  std::size_t candidates = 0;             ///< that there were
  double saved_h = 0;                     ///< person-hours by all together over the counted days
  /// Every set of offices of every service was looked at, and so no other choice is expected to save more;
  /// else sets of some services were built up and exchanged as by choose_sites.
  bool exhaustive = true;
};

/// The authorisations that there may be: offices that are open on the run's last day, have a clerk who can
/// give the service and may not give it yet. By service, then office.
std::vector<OfficeService> candidate_authorisations(const Scenario& scenario,
                                                    std::span<const ServiceId> services);

/// The candidates, at most `number`, with which citizens are expected to travel the least; fewer where no
/// more are expected to save any travel. What citizens of one service travel does not hang on who gives
/// another: so for each service the best set of each size is found (by choose_sites, with `most_sets`), and
/// the sizes are shared out among the services, the best of all ways. Of a service, two offices more than are
/// chosen are looked at, unless all its sets are.
ChosenAuthorisations choose_authorisations(const Scenario& scenario, std::span<const ServiceId> services,
                                           std::size_t number, double most_sets = 5000);

}  // namespace pishkhan
