#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "models/demand/id_key.hpp"
#include "models/demand/office_table.hpp"
#include "models/demand/station_index.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// An office within reach of a place, and how it attracts the place's residents: Huff's size^alpha over
/// distance^beta (Huff 1964).
struct Attraction {
  StationIndex office;
  IdKey key;  ///< of the office
  double weight = 0;
  Kind kind = Kind::urban;
  bool opened = false;  ///< by the scenario
};

/// The offices within reach of a place, whatever services they may give and whenever they are open.
struct Reach {
  std::vector<Attraction> offices;  ///< the most attractive first; of equals that of the lower key
  OfficeTable own;                  ///< of those that the scenario did not open; its parts are the kinds
};

/// Distance in km that counts for the residents of a place, the root of their mean squared distance. In a
/// city both they and its offices are spread evenly over its disc: two such points are on average one radius
/// apart.
double distance_to_office_km(const Province& province, PlaceId from, const Office& office);

/// Of every place.
std::vector<Reach> find_reach(const Scenario& scenario);

/// Among which offices the residents of a place choose for a service.
struct OfficeChoices {
  const Reach* reach = nullptr;
  /// By office: whether it is open, whatever its doors that day, and may give the service.
  const std::uint8_t* may_serve = nullptr;
  bool opened = false;  ///< whether offices that the scenario opened are within reach and may serve
  std::array<bool, kKinds> own_of_kind{};  ///< whether others are, by kind
  /// When none is: the nearest that may serve, or kNoStation.
  StationIndex nearest = kNoStation;
  /// The choices if the scenario had closed no office; null if they are these.
  const OfficeChoices* if_none_closed = nullptr;

  [[nodiscard]] bool own() const { return own_of_kind[0] || own_of_kind[1]; }
  [[nodiscard]] bool in_reach() const { return own() || opened; }
  [[nodiscard]] bool empty() const { return !in_reach() && nearest == kNoStation; }
  /// Calls visit(attraction) for those within reach that may serve, the most attractive first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Attraction& office : reach->offices)
      if (may_serve[office.office.index()] != 0) visit(office);
  }
};

/// How residents choose offices on a day: by Luce's rule (Luce 1959), with a probability in proportion to an
/// office's attraction, among the offices within reach of their place that are open and may give the service.
/// Open is what has opened and not closed for good: on days on which its doors are shut it is chosen too.
class OfficeChooser {
 public:
  /// `reach` as find_reach() gives it.
  OfficeChooser(const Scenario& scenario, std::shared_ptr<const std::vector<Reach>> reach, DayNumber day);

  [[nodiscard]] const OfficeChoices& choices(std::size_t place, std::size_t service) const {
    return choices_[class_of_service_[service] * reach_->size() + place];
  }
  /// Whether the scenario has closed an office that would change choices.
  [[nodiscard]] bool is_changed_by_closings() const { return !if_none_closed_.empty(); }
  /// Services of one class are given by the same offices, and would be if none were closed.
  [[nodiscard]] std::uint32_t class_of(std::size_t service) const { return class_of_service_[service]; }
  [[nodiscard]] std::size_t classes() const { return may_serve_.size(); }
  /// The k-th most attractive office other than `first`, k from 0; kNoStation when there are fewer.
  [[nodiscard]] StationIndex alternative(std::size_t place, std::size_t service, StationIndex first,
                                         std::size_t k) const;

 private:
  using ByOffice = std::vector<std::uint8_t>;
  void add_class(const Province& province, const ByOffice& marks);
  [[nodiscard]] OfficeChoices choices_of(const Province& province, std::size_t place,
                                         const ByOffice& may_serve) const;

  std::shared_ptr<const std::vector<Reach>> reach_;
  std::vector<std::uint32_t> class_of_service_;
  std::vector<std::unique_ptr<const ByOffice>> may_serve_;    ///< by class
  std::vector<OfficeChoices> choices_;                        ///< [class * places + place]
  std::vector<std::unique_ptr<const ByOffice>> would_serve_;  ///< if none were closed
  std::vector<std::unique_ptr<const OfficeChoices>> if_none_closed_;
};

/// Probabilities of the offices, which add to 1; none if the choices are empty.
std::vector<std::pair<StationIndex, double>> probabilities(const OfficeChoices& choices);

/// Whether the office may give the service on a day, or on some day, and has a group of clerks who can.
bool authorised(const Office& office, const Service& service, ServiceId id, DayNumber day);
bool authorised(const Office& office, const Service& service, ServiceId id);

}  // namespace pishkhan
