#include <optional>
#include <string>
#include <utility>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct AddAgency {
  std::string id;
  std::optional<std::string> name, name_fa;
  std::uint32_t cores = 1;
};

void add_agency(const Written<AddAgency>& item, VerbContext& context) {
  if (context.select.has_agency(item->id)) {
    context.refuse(item.at(&AddAgency::id), "duplicate id " + in_backticks(item->id),
                   "the province has such an agency");
    return;
  }
  if (item->id == "all") context.refuse(item.at(&AddAgency::id), "`all` stands for every agency");
  Agency agency;
  agency.id = item->id;
  agency.name_en = item->name.value_or(agency.id);
  agency.name_fa = item->name_fa.value_or(agency.name_en);
  agency.cores = item->cores;
  context.select.add_agency(agency.id);
  context.province.agencies.push_back(std::move(agency));
  context.add_change("agencies added", "agencies", 1, 1, {});
}

}  // namespace

Verb add_agencies_verb() {
  Section<AddAgency> keys("a new agency");
  keys.required("id", &AddAgency::id, value::id(), "Id, new in the province.");
  keys.optional("name", &AddAgency::name, value::text(), "Name in English; left out: the id.");
  keys.optional("name_fa", &AddAgency::name_fa, value::text(), "Name in Persian; left out: the name.");
  keys.required("cores", &AddAgency::cores, value::whole(1, 1'000'000),
                "Cores of its system: calls at work at once.");
  return make_verb("add_agencies", "a list of new agencies", "New agencies, for new services and counters.",
                   keys, add_agency);
}

}  // namespace pishkhan
