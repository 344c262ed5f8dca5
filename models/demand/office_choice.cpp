#include "models/demand/office_choice.hpp"

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "models/province/position.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

/// Offices with a smaller share of a zone are left out.
constexpr double kLeastShare = 1e-4;

using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using Triplets = std::vector<Eigen::Triplet<double>>;

double power(double base, double exponent) {
  if (exponent == 0) return 1;
  return exponent == 1 ? base : exponent == 2 ? base * base : exponential(exponent * natural_log(base));
}

/// From each place to each office.
Eigen::MatrixXd distances_km(const Province& province) {
  Eigen::MatrixXd km(static_cast<Eigen::Index>(province.offices.size()),
                     static_cast<Eigen::Index>(province.places.size()));
  for (Eigen::Index p = 0; p < km.cols(); ++p) {
    for (Eigen::Index j = 0; j < km.rows(); ++j) {
      const Place& place = province.places[static_cast<std::size_t>(p)];
      const Office& office = province.offices[static_cast<std::size_t>(j)];
      km(j, p) = distance_km(place.latitude, place.longitude, office.latitude, office.longitude);
    }
  }
  return km;
}

/// Places x offices: Huff's attraction of every office within reach, not yet normalised.
Matrix attraction(const Scenario& scenario, const Eigen::MatrixXd& distances,
                  const std::vector<bool>& may_serve) {
  const Province& province = *scenario.province;
  const OfficeChoice& rules = scenario.choice;
  Triplets entries;
  for (std::size_t p = 0; p < province.places.size(); ++p) {
    std::size_t nearest = province.offices.size();
    double nearest_km = std::numeric_limits<double>::infinity();
    const std::size_t before = entries.size();
    for (std::size_t j = 0; j < province.offices.size(); ++j) {
      if (!may_serve[j]) continue;
      const Office& office = province.offices[j];
      const double km = distances(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(p));
      if (km < nearest_km) nearest_km = km, nearest = j;
      if (km > rules.within_km) continue;
      const double weight = power(office.size, rules.size_exponent) /
                            power(std::max(km, rules.nearest_km), rules.distance_exponent);
      if (weight > 0) entries.emplace_back(static_cast<int>(p), static_cast<int>(j), weight);
    }
    if (entries.size() == before && nearest < province.offices.size())
      entries.emplace_back(static_cast<int>(p), static_cast<int>(nearest), 1.0);
  }
  Matrix matrix(static_cast<Eigen::Index>(province.places.size()),
                static_cast<Eigen::Index>(province.offices.size()));
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

/// Zones x places: share of the zone's residents who live in the place.
Matrix residents(const Province& province) {
  Triplets entries;
  for (std::size_t z = 0; z < province.zones.size(); ++z) {
    for (const PlaceId place : province.zones[z].places) {
      entries.emplace_back(static_cast<int>(z), static_cast<int>(place.index()),
                           province.places[place.index()].population / province.zones[z].population);
    }
  }
  Matrix matrix(static_cast<Eigen::Index>(province.zones.size()),
                static_cast<Eigen::Index>(province.places.size()));
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

}  // namespace

OfficeTable::OfficeTable(std::vector<std::pair<StationIndex, double>> weights) {
  double total = 0;
  for (const auto& [office, weight] : weights) total += weight;
  std::erase_if(weights, [total](const auto& entry) { return entry.second < kLeastShare * total; });
  total = 0;
  for (const auto& [office, weight] : weights) total += weight;
  auto ranked = weights;
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [office, weight] : ranked) ranked_.push_back(office);
  double cumulative = 0;
  for (const auto& [office, weight] : weights) {
    cumulative += weight;
    const double edge = std::floor(cumulative / total * 0x1p32) - 1;
    const auto last = edge >= 0x1p32 - 1 ? UINT32_MAX : static_cast<std::uint32_t>(std::max(edge, 0.0));
    stretches_.push_back({last, office});
  }
  if (stretches_.empty()) return;
  stretches_.back().last_word = UINT32_MAX;
  // The guide is small, because the tables of all zones and services are used in turn and should fit in the
  // cache.
  const int bits = static_cast<int>(std::bit_width(stretches_.size())) + 2;
  guide_shift_ = 32 - bits;
  std::size_t k = 0;
  for (std::uint64_t part = 0; part >> bits == 0; ++part) {
    while (stretches_[k].last_word < part << guide_shift_) ++k;
    guide_.push_back(static_cast<std::uint16_t>(k));
  }
}

double OfficeTable::probability(std::size_t k) const {
  const double below = k == 0 ? -1.0 : static_cast<double>(stretches_[k - 1].last_word);
  return (static_cast<double>(stretches_[k].last_word) - below) * 0x1p-32;
}

StationIndex OfficeTable::alternative(StationIndex first, std::size_t k) const {
  for (const StationIndex office : ranked_) {
    if (office == first) continue;
    if (k-- == 0) return office;
  }
  return kNoStation;
}

bool authorised(const Office& office, const Service& service, ServiceId id) {
  if (!may_give(office, service)) return false;
  return std::any_of(office.rules.groups.begin(), office.rules.groups.end(), [id](const ClerkGroup& group) {
    return group.clerks > 0 &&
           (group.skills.empty() || std::binary_search(group.skills.begin(), group.skills.end(), id));
  });
}

OfficeChooser::OfficeChooser(const Scenario& scenario, DayNumber day)
    : zones_(scenario.province->zones.size()) {
  const Province& province = *scenario.province;
  const Matrix share = residents(province);
  const Eigen::MatrixXd distances = distances_km(province);
  std::map<std::vector<bool>, std::uint32_t> classes;
  for (std::size_t s = 0; s < province.services.size(); ++s) {
    std::vector<bool> may_serve;
    for (const auto& office : province.offices) {
      may_serve.push_back(office.from_day <= day && day < office.until_day &&
                          authorised(office, province.services[s], ServiceId(s)));
    }
    const auto [entry, is_new] = classes.try_emplace(may_serve, static_cast<std::uint32_t>(classes.size()));
    class_of_service_.push_back(entry->second);
    if (!is_new) continue;
    Matrix weights = attraction(scenario, distances, may_serve);
    for (Eigen::Index p = 0; p < weights.outerSize(); ++p) {
      const double total = weights.row(p).sum();
      if (total > 0) weights.row(p) *= 1 / total;
    }
    const Matrix probabilities = share * weights;
    for (std::size_t z = 0; z < zones_; ++z) {
      std::vector<std::pair<StationIndex, double>> row;
      for (Matrix::InnerIterator it(probabilities, static_cast<Eigen::Index>(z)); it; ++it)
        row.emplace_back(StationIndex(static_cast<std::size_t>(it.col())), it.value());
      tables_.emplace_back(std::move(row));
    }
  }
}

}  // namespace pishkhan
