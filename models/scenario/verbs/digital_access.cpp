#include <optional>
#include <vector>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Access {
  double share = 1;
  std::optional<Kind> kind;
  std::vector<Name> county;
};

void set_access(const Written<Access>& item, VerbContext& context) {
  const std::vector<ZoneId> zones = context.select.zones(item->kind, item->county, item.location());
  double changed = 0;
  for (const ZoneId id : zones) {
    Zone& zone = context.province.zones[id.index()];
    changed += zone.digital_access != item->share ? 1 : 0;
    zone.digital_access = item->share;
    County& county = context.province.counties[zone.county.index()];
    county.digital_access[static_cast<std::size_t>(zone.kind)] = item->share;
  }
  context.add_change("zones with another digital access", "zones", static_cast<double>(zones.size()), changed,
                     "the others had it already");
}

}  // namespace

Verb digital_access_verb() {
  Section<Access> keys("a digital access");
  keys.required("share", &Access::share, value::share(), "Share of the residents who can use the web.");
  keys.optional("kind", &Access::kind, kind_value(), "Of cities or of rural districts; left out: both.");
  keys.optional("county", &Access::county, names_value(), "Of these counties; left out: all.");
  return make_verb("digital_access", "a list of digital accesses",
                   "How many residents can use the web, beyond whom nobody moves there.", keys, set_access);
}

}  // namespace pishkhan
