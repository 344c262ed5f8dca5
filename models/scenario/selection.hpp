#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/builder.hpp"

namespace pishkhan {

/// Offices and counters a verb speaks of.
struct Selection {
  std::vector<OfficeId> offices;
  std::vector<CounterId> counters;
};

/// Finds what a scenario names in a province. Refers to the province; made anew when it changes.
class Selector {
 public:
  Selector(Builder& builder, const Province& province);

  /// Services of `all`, a list, or `{agency, service}`; sorted. Mistakes are added, none found is one.
  std::vector<ServiceId> services(const Node& node, const std::string& path);
  /// Offices and counters of an `at:`. Mistakes are added, none found is one.
  Selection stations(const Node& node, const std::string& path);
  /// Agencies of the key `agency`: all, an id or a list; sorted. Mistakes are added.
  std::vector<std::uint32_t> agencies(const Node& node, const std::string& path);
  /// Counties of a key, likewise.
  std::vector<std::uint32_t> counties(const Node& node, std::string_view key, const std::string& path);
  /// Zones of `kind` and `county` of a node, sorted; all when neither is given.
  std::vector<ZoneId> zones(const Node& node, const std::string& path);
  /// Index of a place, or a mistake and -1.
  std::int64_t place(const Node& node, const std::string& path) { return find(places_, "place", node, path); }
  [[nodiscard]] bool has_office(std::string_view id) const { return offices_.index.contains(id); }

 private:
  /// Looked up and never walked, so that hash order reaches nothing.
  struct Names {
    std::unordered_map<std::string_view, std::size_t> index;
    std::vector<std::string_view> known;
  };
  template <class Items>
  static Names names_of(const Items& items);
  std::int64_t find(const Names& names, std::string_view what, const Node& node, const std::string& path);
  /// Which of the items are named by a key; all when the key is absent.
  std::vector<bool> chosen(const Names& names, std::string_view what, const Node& map, std::string_view key,
                           const std::string& path);
  std::vector<std::uint32_t> all_or(const Names& names, std::string_view what, const Node& map,
                                    std::string_view key, const std::string& path);
  Selection offices_where(const Node& node, const std::string& path);
  Selection counters_where(const Node& node, const std::string& path);

  Builder& builder_;
  const Province& province_;
  Names counties_, places_, agencies_, services_, offices_;
};

}  // namespace pishkhan
