#include "models/scenario/language_maker.hpp"

namespace pishkhan {
namespace {

constexpr double kShortestBetweenFailures_s = 60;

/// When something fails: by schedule or at random.
std::vector<Field> when_fields(LanguageMaker& make) {
  return {
      optional("from", make.quantity(Quantity::date_time), "By schedule: when it begins; with for."),
      optional("for", make.positive(Quantity::duration), "By schedule: how long it lasts."),
      optional("mean_time_between_failures", make.quantity(Quantity::duration, {kShortestBetweenFailures_s}),
               "At random: mean time from a repair to the next failure, exponential; with repair."),
      optional("repair", make.common().handling, "At random: time from failure to repair.")};
}

const Shape* policy_shape(LanguageMaker& make) {
  const Shape* then =
      make.words({{"wait", "Clerk and citizen wait on until the answer comes."},
                  {"park", "The citizen steps aside until the answer comes; the clerk goes on."},
                  {"send_home", "The citizen leaves unserved and returns another day."}});
  return make.object(
      "policy", "what clerks do when a call fails or takes too long",
      {optional("limit", make.positive(Quantity::duration),
                "Longest wait for the answer to one try; left out: no limit."),
       optional("retries", make.whole(0, 100), "Tries after the first.", "0"),
       optional("pause", make.amount(Quantity::duration), "Time before each retry; needed with retries."),
       optional("then", then, "What happens when the call may not be tried again.", "wait")});
}

const Shape* backbone_shape(LanguageMaker& make) {
  const Shape* link =
      make.object("link", "`{bandwidth, latency}`",
                  {required("bandwidth", make.positive(Quantity::bandwidth), "In each direction."),
                   required("latency", make.amount(Quantity::duration), "One way.")});
  return make.object(
      "backbone", "the model of transactions",
      {optional("model",
                make.words({{"ideal", "Every transaction takes its unloaded time."},
                            {"shared", "Processor sharing of systems and links."},
                            {"simgrid", "Hosts and links simulated by SimGrid."}}),
                "How the calls to agency systems are simulated.", "ideal"),
       optional(
           "access", make.table(link, "links by kind"),
           "Links of offices and counters by kind; the tables' column `link` says who has which. Left out: "
           "a call takes its work alone, and the model is ideal."),
       optional("county", link, "From each county to the province's centre; needed with access."),
       optional("province", link, "From there to the data centres; needed with access."),
       optional("data_centre", link, "Of each agency's system; needed with access."),
       optional("web", link, "The own line of each online citizen; needed with access."),
       optional("share_before", make.share(),
                "Share of the human time that passes before the call; needed unless ideal."),
       optional("counter_calls", make.share(),
                "Share of the visits to counters that call the system; the others are done from the agency's "
                "own files. Left out: all."),
       optional("policy", policy_shape(make), "What clerks do in trouble; left out: they wait.")});
}

}  // namespace

std::vector<Field> backbone_fields(LanguageMaker& make) {
  const auto& common = make.common();
  const Shape* every = make.words({{"all", "Every one."}});
  const Shape* several = make.list(make.id(), 1, "a list of ids");
  const Shape* ids = make.either("", "`all`, an id or a list of ids", {every, make.id(), several});
  std::vector<Field> failing{
      optional("agency", ids, "Systems of these agencies; or link_of, county_link, power_of."),
      optional("link_of", common.stations, "Links of these offices or counters."),
      optional("county_link", ids, "Links of these counties to the province's centre."),
      optional("power_of", common.stations, "Power of these offices or counters.")};
  for (auto& field : when_fields(make)) failing.push_back(std::move(field));
  std::vector<Field> slowed{required("agency", ids, "Systems of these agencies."),
                            required("cores", make.positive(Quantity::share),
                                     "Share of the cores that is left, at least one of them.")};
  for (auto& field : when_fields(make)) slowed.push_back(std::move(field));
  const Shape* linked = make.object("", "a change of links",
                                    {required("at", common.stations, "Which offices or counters."),
                                     required("link", make.id(), "Kind of their link from now on.")});
  const Shape* sized = make.object(
      "", "a change of systems",
      {required("agency", ids, "Which agencies."),
       required("cores", make.quantity(Quantity::cores), "`16` cores of each, `+4`, `-4` or `+50%`.")});
  return {
      optional("backbone", backbone_shape(make), "Links and agency systems; left out: ideal."),
      optional("links", make.verbs(linked, "a list of changes of links"), "Other links at some stations."),
      optional("systems", make.verbs(sized, "a list of changes of systems"),
               "More or fewer cores, in the order written."),
      optional("outages", make.verbs(make.object("", "an outage", std::move(failing)), "a list of outages"),
               "What fails, by schedule or at random."),
      optional("slow_downs",
               make.verbs(make.object("", "a slow-down", std::move(slowed)), "a list of slow-downs"),
               "Systems that lose part of their cores, by schedule or at random.")};
}

}  // namespace pishkhan
