#include <algorithm>
#include <cmath>
#include <optional>

#include "models/scenario/channel_stretches.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

/// The model keeps for each citizen which migrations moved it, as one bit each.
constexpr std::size_t kMostMigrations = 64;

struct MigrationKeys {
  std::optional<std::string> id;
  ServiceChoice services;
  Channel from{}, to{};
  double share = 0;
  DayNumber starts = kAlways;
  double ramp_s = 0;
  std::optional<Kind> kind;
  std::vector<Name> county;
  std::optional<DayNumber> ends;
  std::optional<ClerkTransfer> transfer;
};

Value<ClerkTransfer> transfer_value() {
  Section<ClerkTransfer> keys("`{share, least}`");
  keys.required("share", &ClerkTransfer::share, value::share(), "Share of the freed clerks who go with it.");
  keys.optional("least", &ClerkTransfer::least, value::whole(0, kMostClerks),
                "Clerks whom every counter keeps, where it has as many.", "1");
  const auto share =
      value::made_from<ClerkTransfer, double>(value::share(), [](double of, const Location&, Diagnostics&) {
        return ClerkTransfer{of, 1};
      });
  return value::either<ClerkTransfer>("", "a share such as `60%`, or `{share, least}`",
                                      {share, Value<ClerkTransfer>(keys)});
}

Section<MigrationKeys> keys_of_migration() {
  Section<MigrationKeys> keys("a migration", "migration");
  keys.optional("id", &MigrationKeys::id, value::id(), "Name in the ledger; left out: its number.");
  keys.required("services", &MigrationKeys::services, services_value(), "Which services move.");
  keys.required("from", &MigrationKeys::from, channel_value(), "Channel the citizens would have used.");
  keys.required("to", &MigrationKeys::to, channel_value(), "Channel they use instead.");
  keys.required("share", &MigrationKeys::share, value::share(), "Share of them who move.");
  keys.optional("starts", &MigrationKeys::starts, value::date(), "First day; left out: always.");
  keys.optional("ramp", &MigrationKeys::ramp_s, value::amount(Quantity::duration),
                "The share grows linearly over these days.", "0 d");
  keys.optional("kind", &MigrationKeys::kind, kind_value(),
                "Only residents of cities, or of rural districts; left out: both.");
  keys.optional("county", &MigrationKeys::county, names_value(),
                "Only residents of these counties; left out: all.");
  keys.optional("ends", &MigrationKeys::ends, value::date(),
                "Last day, after which they use their former channel again; left out: for good.");
  keys.optional("transfer", &MigrationKeys::transfer, transfer_value(),
                "Share of the clerks whom it frees at counters, by the work that leaves them, who go to the "
                "offices that take the visits, once the ramp is over; left out: none.");
  return keys;
}

int ramp_days(const Written<MigrationKeys>& item, VerbContext& context) {
  const double days = item->ramp_s / kSecondsPerDay;
  if (days == std::floor(days) && days <= 100'000) return static_cast<int>(days);
  context.refuse(item.at(&MigrationKeys::ramp_s),
                 in_backticks(item.text(&MigrationKeys::ramp_s)) + " is not a number of whole days",
                 "write a ramp as `10 d`");
  return 0;
}

/// Refuses the migration just added if it is the one that cuts the channels of a service into too many
/// stretches.
void expect_few_stretches(const Written<MigrationKeys>& item, VerbContext& context) {
  const std::vector<Migration>& migrations = context.scenario.migrations;
  const std::vector<Migration> before(migrations.begin(), migrations.end() - 1);
  for (const ServiceId service : migrations.back().services) {
    const double stretches = most_channel_stretches(migrations, service);
    if (stretches <= kMostChannelStretches) continue;
    if (most_channel_stretches(before, service) <= kMostChannelStretches) {
      context.refuse(item.location(),
                     "the citizens of " + in_backticks(context.province.services[service.index()].id) +
                         " fall into " + std::to_string(std::llround(stretches)) +
                         " groups, by the migrations that move them",
                     "at most " + std::to_string(std::llround(kMostChannelStretches)) +
                         "; each migration of those moved before doubles their groups");
    }
    return;
  }
}

/// Refuses clerks who cannot go with the migration.
void check_transfer(const Written<MigrationKeys>& item, const Migration& migration, bool knows_channels,
                    VerbContext& context) {
  const Location& key = item.at(&MigrationKeys::transfer);
  if (knows_channels && (migration.from != Channel::traditional || migration.to != Channel::office)) {
    context.refuse(key,
                   "clerks who go from " + in_backticks(std::string(to_string(migration.from))) + " to " +
                       in_backticks(std::string(to_string(migration.to))),
                   "clerks go from the counters of `traditional` to those of `office`; write `staffing` for "
                   "others");
  }
  if (migration.whole_from() >= migration.until_day) {
    context.refuse(key, "the clerks go when the ramp is over, which is not before the migration ends",
                   "let the ramp be shorter, or the migration end later");
  }
}

void migrate(const Written<MigrationKeys>& item, VerbContext& context) {
  std::vector<Migration>& migrations = context.scenario.migrations;
  Migration migration;
  migration.id = item->id.value_or("migration-" + std::to_string(migrations.size() + 1));
  if (std::any_of(migrations.begin(), migrations.end(),
                  [&](const Migration& other) { return other.id == migration.id; })) {
    context.refuse(item.location(), "duplicate id " + in_backticks(migration.id),
                   "every migration has an id of its own");
  }
  migration.services = context.services(item, &MigrationKeys::services);
  migration.from = item->from;
  migration.to = item->to;
  migration.share = item->share;
  migration.starts = item->starts;
  migration.ramp_days = ramp_days(item, context);
  const auto [from, until] = context.days_of(item, &MigrationKeys::starts, &MigrationKeys::ends);
  migration.until_day = until;
  if (item->kind || !item->county.empty())
    migration.zones = context.select.zones(item->kind, item->county, item.location());
  const bool knows_channels = item.has_valid(&MigrationKeys::from) && item.has_valid(&MigrationKeys::to);
  if (knows_channels && migration.from == migration.to) {
    context.refuse(item.at(&MigrationKeys::to),
                   "from " + in_backticks(to_string(migration.from)) + " to itself", "name another channel");
  }
  if (knows_channels && migration.to == Channel::online) {
    expect_possible_online(context.province, migration.services, item.at(&MigrationKeys::services),
                           context.mistakes);
  }
  migration.transfer = item->transfer;
  if (migration.transfer) {
    check_transfer(item, migration, knows_channels, context);
    context.scenario.evidence = Evidence::assumed;
  }
  if (migration.ramp_days > 0 && !item.has(&MigrationKeys::starts))
    context.refuse(item.at(&MigrationKeys::ramp_s), "a ramp without a start", "say when it `starts`");
  if (migrations.size() == kMostMigrations) {  // Told once.
    context.refuse(item.location(), "more than " + std::to_string(kMostMigrations) + " migrations",
                   "one migration can move many services");
  }
  context.add_change("citizens moved", "citizens", 0, 0, "", from, until);
  context.scenario.changes.back().item = migration.id;
  context.scenario.changes.back().migration = static_cast<std::uint32_t>(migrations.size());
  migrations.push_back(std::move(migration));
  expect_few_stretches(item, context);
}

}  // namespace

Verb migrations_verb() {
  return make_verb("migrations", "a list of migrations",
                   "Citizens who change channel, in the order written: each moves a share of those the "
                   "earlier ones left.",
                   keys_of_migration(), migrate);
}

}  // namespace pishkhan
