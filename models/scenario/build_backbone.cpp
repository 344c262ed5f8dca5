#include <algorithm>

#include "models/scenario/build_parts.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

Link read_link(const Node& links, const char* which) {
  const Node* link = Builder::sound(links, which);
  if (link == nullptr) return {};
  const double bandwidth = Builder::number(*link, "bandwidth", 0);
  return {bandwidth, bandwidth, Builder::number(*link, "latency", 0)};
}

void read_cores(Builder& builder, const Node& node, Scenario& scenario) {
  const auto& agencies = scenario.province->agencies;
  scenario.backbone.cores.assign(agencies.size(), static_cast<std::uint32_t>(Builder::number(node, "cores", 1)));
  const Node* others = Builder::sound(node, "agencies");
  if (others == nullptr) return;
  for (const auto& [id, mark, system] : others->entries) {
    const auto agency = std::find_if(agencies.begin(), agencies.end(), [&](const Agency& a) { return a.id == id; });
    if (agency == agencies.end()) {
      std::vector<std::string_view> known;
      for (const auto& a : agencies) known.push_back(a.id);
      builder.unknown(system, path_of("backbone.agencies", id), "agency", id, known);
      continue;
    }
    scenario.backbone.cores[static_cast<std::size_t>(agency - agencies.begin())] =
        static_cast<std::uint32_t>(Builder::number(system, "cores", 1));
  }
}

}  // namespace

void build_backbone(Builder& builder, const Node& root, Scenario& scenario) {
  const Node* node = Builder::sound(root, "backbone");
  if (node == nullptr) return;
  BackboneRules& rules = scenario.backbone;
  const Node* model = node->find("model");
  if (model != nullptr && model->text == "simgrid") {
    builder.mistake(*model, "backbone.model", "the backbone `simgrid` is not available in this version",
                    "write `shared`: processor sharing of systems and links");
    return;
  }
  const bool shared = model != nullptr && model->text == "shared";
  rules.model = shared ? BackboneModel::shared : BackboneModel::ideal;
  for (const char* key : {"links", "cores", "request", "response", "share_before"})
    if (shared && node->find(key) == nullptr)
      builder.mistake(*node, "backbone", "the key " + in_ticks(key) + " is missing",
                      "the backbone `shared` needs links, cores, request, response and share_before");
  if (const Node* links = Builder::sound(*node, "links")) {
    rules.urban = read_link(*links, "urban");
    rules.rural = read_link(*links, "rural");
    rules.counters = read_link(*links, "counters");
    rules.county = read_link(*links, "county");
    rules.province = read_link(*links, "province");
    rules.data_centre = read_link(*links, "data_centre");
  }
  read_cores(builder, *node, scenario);
  rules.request_bytes = static_cast<std::uint64_t>(Builder::number(*node, "request", 1));
  rules.response_bytes = static_cast<std::uint64_t>(Builder::number(*node, "response", 1));
  rules.share_before = Builder::number(*node, "share_before", 0.5);
  // Nothing of this is in a table with grades.
  if (shared) scenario.evidence = Evidence::assumed;
}

}  // namespace pishkhan
