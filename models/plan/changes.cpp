#include "models/plan/changes.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/plan/open_time.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/province/month_names.hpp"

namespace pishkhan {
namespace {

/// Citizens of a migration.
struct Moved {
  double asked = 0;      ///< its whole share of those whom it finds in its channel `from`
  double in_force = 0;   ///< of them, the share that it has on the day, as it begins and grows
  double moved = 0;      ///< as the ledger counts them
  double no_office = 0;  ///< of them, those who go to the counter, as no office may give the service
};

/// Adds up the expected citizens of the migrations, day by day.
class MigrationCounter {
 public:
  MigrationCounter(const Plan& plan, StopCheck stop)
      : scenario_(plan.scenario()),
        data_(plan.data()),
        stop_(stop),
        migrations_of_(data_.services),
        year_(scenario_.migrations.size() * data_.services),
        sums_(scenario_.migrations.size()) {
    for (std::uint32_t m = 0; m < scenario_.migrations.size(); ++m) {
      for (const ServiceId service : scenario_.migrations[m].services)
        migrations_of_[service.index()].push_back(m);
    }
  }

  std::vector<Moved> run() {
    const DayNumber start = scenario_.run.start;
    for (DayNumber day = start + scenario_.run.warm_up_days; day < start + scenario_.run.days; ++day) {
      refresh(day);
      for (std::size_t m = 0; m < sums_.size(); ++m) {
        for (const ServiceId service : scenario_.migrations[m].services) {
          // Who goes online on web_only days is counted on the days of the year that the visits had.
          if (data_.web_only(day)) continue;
          const double share = data_.share_of_year(service.index(), day);
          const Moved& year = year_[m * data_.services + service.index()];
          sums_[m].asked += share * year.asked;
          sums_[m].in_force += share * year.in_force;
          sums_[m].moved += share * year.moved;
          sums_[m].no_office += share * year.no_office;
        }
      }
    }
    return std::move(sums_);
  }

 private:
  /// Makes `year_` that of a day, service by service where it has changed.
  void refresh(DayNumber day) {
    const OfficeChooser* chooser = &data_.chooser(day);
    std::vector<double> shares;
    for (const Migration& migration : scenario_.migrations) shares.push_back(migrated_share(migration, day));
    const auto old = std::exchange(shares_, std::move(shares));
    const std::vector<double>* visits = &data_.visits_a_year(day);
    const bool new_offices = std::exchange(chooser_, chooser) != chooser;
    const bool all = (std::exchange(visits_a_year_, visits) != visits) || new_offices;
    for (std::size_t service = 0; service < data_.services; ++service) {
      const auto& of_service = migrations_of_[service];
      if (std::any_of(of_service.begin(), of_service.end(),
                      [&](std::uint32_t m) { return all || old[m] != shares_[m]; }))
        count_year(service, *chooser);
    }
  }

  void count_year(std::size_t service, const OfficeChooser& chooser) {
    const Province& province = *scenario_.province;
    for (const std::uint32_t m : migrations_of_[service]) year_[m * data_.services + service] = {};
    for (std::size_t z = 0; z < province.zones.size(); ++z) {
      stop_.after(1);
      const Zone& zone = province.zones[z];
      double citizens = 0, without_office = 0;
      for (const PlaceId place : zone.places) {
        const double residents = (*visits_a_year_)[place.index() * data_.services + service];
        citizens += residents;
        if (chooser.choices(place.index(), service).empty()) without_office += residents;
      }
      if (citizens <= 0) continue;
      ChannelMap map(province.services[service].shares[static_cast<std::size_t>(zone.kind)],
                     zone.digital_access);
      for (const std::uint32_t m : migrations_of_[service]) {
        const Migration& migration = scenario_.migrations[m];
        if (!migration.is_of(ZoneId(z))) continue;
        Moved& year = year_[m * data_.services + service];
        year.asked += citizens * map.share_of(migration.from) * migration.share;
        year.in_force += citizens * map.share_of(migration.from) * shares_[m];
        map.migrate(migration.from, migration.to, shares_[m], m);
      }
      for (const auto& part : map.shares()) {
        for (const std::uint32_t m : migrations_of_[service]) {
          if ((part.moved_by >> m & 1) == 0) continue;
          Moved& year = year_[m * data_.services + service];
          year.moved += citizens * part.share;
          if (part.channel == Channel::office) year.no_office += without_office * part.share;
        }
      }
    }
  }

  const Scenario& scenario_;
  const Plan::Data& data_;
  StopCheck stop_;
  std::vector<std::vector<std::uint32_t>> migrations_of_;  ///< by service
  std::vector<Moved> year_;                                ///< [migration * services + service]
  std::vector<Moved> sums_;                                ///< by migration
  std::vector<double> shares_;                             ///< moved on the day, by migration
  const OfficeChooser* chooser_ = nullptr;
  const std::vector<double>* visits_a_year_ = nullptr;  ///< by cell
};

std::string rounded(double citizens) {
  return citizens < 0.5 ? "less than 1" : std::to_string(std::llround(citizens));
}

/// `ends`: the migration does, on some day.
void complete(Change& change, const Moved& moved, bool ends) {
  change.asked = moved.asked;
  change.reached = moved.moved - moved.no_office;
  const auto add = [&](double citizens, const char* why) {
    constexpr double kRounding = 1e-9;
    if (citizens <= kRounding * moved.asked) return;
    change.why += (change.why.empty() ? "" : "; ") + rounded(citizens) + why;
  };
  add(moved.asked - moved.in_force, ends ? " before it begins, while it grows, or after it has ended"
                                         : " before it begins, or while it grows");
  add(moved.in_force - moved.moved, " beyond the zones' digital access");
  add(moved.no_office, " where no office in reach may give the service");
}

/// Whether somebody comes on a day of the run: by the year's demand, online on web_only days, or because
/// doors bring demand.
bool has_demand(const Plan::Data& data, DayNumber day) {
  const auto index = static_cast<std::size_t>(day - data.first_day);
  const auto comes = [=](const std::vector<double>& shares) { return shares[index] > 0; };
  if (std::any_of(data.day_share.begin(), data.day_share.end(), comes)) return true;
  return data.has_brought() &&
         std::any_of(data.stations.begin(), data.stations.end(), [&](const StationPlan& station) {
           return data.brought(station, day, static_cast<std::size_t>(weekday(day))) > 0;
         });
}

bool is_counted(const Run& run, DayNumber day) {
  return day >= run.start + run.warm_up_days && day < run.start + run.days;
}

/// A factor on the demand of some days. Those are reached that are counted and have demand; if the factor
/// takes it all away, those that are counted.
Change change_of_days(const char* verb, const std::string& item, double factor,
                      const std::vector<DayNumber>& days, const Scenario& scenario, const Plan::Data& data) {
  Change change{verb, item, "days with another demand", "days", 0, 0, ""};
  change.asked = static_cast<double>(days.size());
  change.reached = static_cast<double>(std::ranges::count_if(days, [&](DayNumber day) {
    return factor != 1 && is_counted(scenario.run, day) && (factor == 0 || has_demand(data, day));
  }));
  change.counted_days = change.reached;
  if (factor == 1)
    change.why = "the factor is 1";
  else if (change.reached == 0)
    change.why = "none of them is counted and has demand";
  else if (change.reached < change.asked)
    change.why = "the others are not counted, or have no demand anyway";
  return change;
}

/// A month of the years that the run touches.
std::vector<DayNumber> days_of_month(std::size_t month, const Run& run) {
  std::vector<DayNumber> days;
  const int number = static_cast<int>(month) + 1;
  const int last_year = to_solar_hijri(run.start + run.days - 1).year;
  for (int year = to_solar_hijri(run.start).year; year <= last_year; ++year) {
    for (int day = 1; day <= solar_month_days(year, number); ++day)
      days.push_back(*from_solar_hijri({year, number, day}));
  }
  return days;
}

}  // namespace

std::vector<Change> find_changes(const Plan& plan, StopCheck stop) {
  const Scenario& scenario = plan.scenario();
  std::vector<Change> changes = scenario.changes;
  if (!scenario.province) return changes;
  if (!scenario.migrations.empty()) {
    const std::vector<Moved> moved = MigrationCounter(plan, stop).run();
    for (Change& change : changes) {
      if (!change.migration) continue;
      complete(change, moved[*change.migration],
               scenario.migrations[*change.migration].until_day < INT32_MAX);
    }
  }
  for (std::size_t month = 0; month < kMonthNames.size(); ++month) {
    if (const double factor = scenario.demand.month[month]; factor != 1) {
      changes.push_back(change_of_days("month", kMonthNames[month], factor,
                                       days_of_month(month, scenario.run), scenario, plan.data()));
    }
  }
  for (const SpecialDays& special : scenario.demand.special_days) {
    changes.push_back(
        change_of_days("special_days", special.id, special.factor, special.days, scenario, plan.data()));
  }
  return changes;
}

std::vector<Notice> notices_of(const Scenario& scenario, const std::vector<Change>& changes) {
  std::vector<Notice> notices;
  const DayNumber end = scenario.run.start + scenario.run.days;
  for (const Change& change : changes) {
    if (!change.migration || change.reached >= 0.5) continue;
    const Migration& migration = scenario.migrations[*change.migration];
    if (migration.starts >= end) continue;  // told already
    if (change.why.empty()) {
      notices.push_back({"notice.migration_moves_nobody", {text_value("id", migration.id)}});
    } else {
      notices.push_back({"notice.migration_moves_nobody_because",
                         {text_value("id", migration.id), {"why", NoticeValue::Kind::reason, change.why}}});
    }
  }
  for (Notice& notice : notices_of_open_time(scenario)) notices.push_back(std::move(notice));
  return notices;
}

}  // namespace pishkhan
