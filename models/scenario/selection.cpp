#include "models/scenario/selection.hpp"

#include <algorithm>
#include <array>

#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

/// Kinds named by a node; both when the key is absent.
std::array<bool, kKinds> kinds_of(const Node& node) {
  const Node* kind = node.find("kind");
  if (kind == nullptr) return {true, true};
  std::array<bool, kKinds> kinds{};
  for (const Node* one : Builder::one_or_many(*kind)) kinds[one->text == "rural" ? 1 : 0] = true;
  return kinds;
}

}  // namespace

template <class Items>
Selector::Names Selector::names_of(const Items& items) {
  Names names;
  for (std::size_t i = 0; i < items.size(); ++i) {
    names.index.emplace(items[i].id, i);
    names.known.push_back(items[i].id);
  }
  return names;
}

Selector::Selector(Builder& builder, const Province& province)
    : builder_(builder),
      province_(province),
      counties_(names_of(province.counties)),
      places_(names_of(province.places)),
      agencies_(names_of(province.agencies)),
      services_(names_of(province.services)),
      offices_(names_of(province.offices)) {}

std::int64_t Selector::find(const Names& names, std::string_view what, const Node& node,
                            const std::string& path) {
  const auto at = names.index.find(node.text);
  if (at != names.index.end()) return static_cast<std::int64_t>(at->second);
  builder_.unknown(node, path, what, node.text, names.known);
  return -1;
}

std::vector<bool> Selector::chosen(const Names& names, std::string_view what, const Node& map,
                                   std::string_view key, const std::string& path) {
  const Node* node = map.find(key);
  std::vector<bool> in(names.known.size(), node == nullptr);
  if (node == nullptr) return in;
  const std::string here = path_of(path, key);
  std::size_t i = 0;
  for (const Node* one : Builder::one_or_many(*node)) {
    const auto at = find(names, what, *one, node->kind == Node::Kind::list ? path_of(here, i) : here);
    if (at >= 0) in[static_cast<std::size_t>(at)] = true;
    ++i;
  }
  return in;
}

std::vector<std::uint32_t> Selector::all_or(const Names& names, std::string_view what, const Node& map,
                                            std::string_view key, const std::string& path) {
  const Node* node = map.find(key);
  const bool all = node->kind == Node::Kind::scalar && node->text == "all";
  const std::vector<bool> in =
      all ? std::vector<bool>(names.known.size(), true) : chosen(names, what, map, key, path);
  std::vector<std::uint32_t> indices;
  for (std::uint32_t i = 0; i < in.size(); ++i)
    if (in[i]) indices.push_back(i);
  return indices;
}

std::vector<std::uint32_t> Selector::agencies(const Node& node, const std::string& path) {
  return all_or(agencies_, "agency", node, "agency", path);
}

std::vector<std::uint32_t> Selector::counties(const Node& node, std::string_view key,
                                              const std::string& path) {
  return all_or(counties_, "county", node, key, path);
}

std::vector<ServiceId> Selector::services(const Node& node, const std::string& path) {
  std::vector<ServiceId> selected;
  const std::size_t before = builder_.mistakes().size();
  if (node.kind == Node::Kind::scalar) {
    for (std::size_t i = 0; i < province_.services.size(); ++i) selected.emplace_back(i);
    return selected;
  }
  if (node.kind == Node::Kind::list) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const auto at = find(services_, "service", node.items[i], path_of(path, i));
      if (at >= 0) selected.emplace_back(static_cast<std::size_t>(at));
    }
  } else {
    const bool by_agency = node.find("agency") != nullptr, by_service = node.find("service") != nullptr;
    const auto agencies = chosen(agencies_, "agency", node, "agency", path);
    const auto listed = chosen(services_, "service", node, "service", path);
    for (std::size_t i = 0; i < province_.services.size(); ++i) {
      // Named by the agency or by itself: the two keys add up.
      if ((by_agency && agencies[province_.services[i].agency.index()]) || (by_service && listed[i])) {
        selected.emplace_back(i);
      }
    }
  }
  std::sort(selected.begin(), selected.end());
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
  if (selected.empty() && builder_.mistakes().size() == before) {
    builder_.mistake(node, path, "no service is selected", "name an agency or a service, or write `all`");
  }
  return selected;
}

Selection Selector::stations(const Node& node, const std::string& path) {
  Selection selection;
  if (node.kind == Node::Kind::scalar) {
    for (std::size_t i = 0; i < province_.offices.size() && node.text != "counters"; ++i) {
      selection.offices.emplace_back(i);
    }
    for (std::size_t i = 0; i < province_.counters.size() && node.text != "offices"; ++i) {
      selection.counters.emplace_back(i);
    }
    return selection;
  }
  const std::size_t before = builder_.mistakes().size();
  selection = node.find("agency") != nullptr ? counters_where(node, path) : offices_where(node, path);
  if (selection.offices.empty() && selection.counters.empty() && builder_.mistakes().size() == before) {
    builder_.mistake(node, path, "no station is selected", "nothing fits all of these keys at once");
  }
  return selection;
}

Selection Selector::offices_where(const Node& node, const std::string& path) {
  Selection selection;
  if (node.entries.empty()) {
    builder_.mistake(node, path, "an empty selection", "write `offices`, `counters` or `all`");
    return selection;
  }
  const auto counties = chosen(counties_, "county", node, "county", path);
  const auto places = chosen(places_, "place", node, "place", path);
  const auto offices = chosen(offices_, "office", node, "office", path);
  const auto kinds = kinds_of(node);
  std::array<bool, 4> ranks{true, true, true, true};
  if (const Node* rank = node.find("rank")) {
    ranks = {};
    for (const Node* one : Builder::one_or_many(*rank)) ranks[static_cast<std::size_t>(one->number)] = true;
  }
  for (std::size_t i = 0; i < province_.offices.size(); ++i) {
    const Office& office = province_.offices[i];
    const auto rank = static_cast<std::size_t>(std::clamp(office.rank, 0, 3));
    if (offices[i] && counties[office.county.index()] && places[office.place.index()] &&
        kinds[static_cast<std::size_t>(office.kind)] && ranks[rank]) {
      selection.offices.emplace_back(i);
    }
  }
  return selection;
}

Selection Selector::counters_where(const Node& node, const std::string& path) {
  Selection selection;
  for (const char* key : {"kind", "place", "office", "rank"}) {
    if (const Node* value = node.find(key)) {
      builder_.mistake(*value, path_of(path, key), in_ticks(key) + " of counters",
                       "with `agency` the counters of agencies are meant; they are selected by county");
      return selection;
    }
  }
  const auto counties = chosen(counties_, "county", node, "county", path);
  const auto agencies = chosen(agencies_, "agency", node, "agency", path);
  for (std::size_t i = 0; i < province_.counters.size(); ++i) {
    const Counter& counter = province_.counters[i];
    if (agencies[counter.agency.index()] && counties[counter.county.index()])
      selection.counters.emplace_back(i);
  }
  return selection;
}

std::vector<ZoneId> Selector::zones(const Node& node, const std::string& path) {
  std::vector<ZoneId> zones;
  const std::size_t before = builder_.mistakes().size();
  const auto counties = chosen(counties_, "county", node, "county", path);
  const auto kinds = kinds_of(node);
  for (std::size_t i = 0; i < province_.zones.size(); ++i) {
    const Zone& zone = province_.zones[i];
    if (counties[zone.county.index()] && kinds[static_cast<std::size_t>(zone.kind)]) zones.emplace_back(i);
  }
  if (zones.empty() && builder_.mistakes().size() == before) {
    builder_.mistake(node, path, "no residents are selected", "these counties have no zone of this kind");
  }
  return zones;
}

}  // namespace pishkhan
