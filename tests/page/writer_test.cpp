// The writer of the page, on results made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/report/sample_results.hpp"
#include "tools/page/encode.hpp"
#include "tools/page/page.hpp"
#include "tools/page/page_data.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/tables.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page::writer_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const RunRecord kRecord{"0.1.0", 1000, 50, {}};

/// A sample with names and positions, and what was found of it.
struct Sample {
  explicit Sample(std::size_t replications = 3) : scenario(tests::sample_province()) {
    Province& province = *scenario.province;
    scenario.run.replications = static_cast<int>(replications);
    province.places[0].latitude = 36.5;
    province.places[0].longitude = 53.1;
    province.places[1].latitude = 36.4;
    province.places[1].longitude = 52.3;
    for (Office& office : province.offices) {
      office.latitude = province.places[office.place.index()].latitude;
      office.longitude = province.places[office.place.index()].longitude;
    }
    Economics& economics = scenario.economics.emplace();
    economics.clerk_hour = {9e6, 8e6, 7e6};
    economics.office_share = {0.5, 0.5};
    economics.kilometre = 1e5;
    trials = tests::sample_trials(replications);
    remake();
  }
  void remake() { tables = make_tables(Results{scenario, trials}); }
  [[nodiscard]] PageSource source() const {
    PageSource source{scenario, kRecord, {}};
    for (const Table& table : tables) source.tables.push_back(&table);
    return source;
  }
  [[nodiscard]] nlohmann::json data() const {
    return nlohmann::json::parse(make_page_data(source(), read_verdicts(source())));
  }

  Scenario scenario;
  std::vector<TrialResult> trials;
  std::vector<Table> tables;
};

/// A page is too long to be printed when it has not what it should.
bool contains(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

std::string inflated(const std::string& bytes) {
  std::string text(1 << 24, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(PageWriter, TheSameRunGivesTheSameBytes) {
  EXPECT_TRUE(page_html(Sample().source()) == page_html(Sample().source()));
}

TEST(PageWriter, TheOrderOfTablesDoesNotMatter) {
  const Sample sample;
  PageSource turned = sample.source();
  std::reverse(turned.tables.begin(), turned.tables.end());
  EXPECT_TRUE(page_html(sample.source()) == page_html(turned));
}

TEST(PageWriter, ThePolicyAllowsTheScriptAndTheStyleAndNothingElse) {
  const std::string html = page_html(Sample().source());
  const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("style-src '" + content_hash(between(html, "<style>", "</style>")) + "'"));
  EXPECT_THAT(policy, HasSubstr("script-src '" + content_hash(between(html, "<script>", "</script>")) + "'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  const std::string markup = html.substr(html.find("<body"));
  EXPECT_FALSE(contains(markup.substr(0, markup.find("<script")), " style="));
  for (const char* outside : {"src=\"http", "href=\"http", "src=\"//", "href=\"//"})
    EXPECT_FALSE(contains(html, outside)) << outside;
}

TEST(PageWriter, NamesOfStrangersAreOnlyText) {
  Sample sample;
  const std::string evil = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>&\u202Etitle";
  sample.scenario.title = evil;
  sample.scenario.province->offices[0].name_fa = evil;
  sample.scenario.province->offices[0].name_en = evil;
  sample.scenario.province->counties[0].name_en = evil;
  sample.remake();
  const std::string html = page_html(sample.source());
  EXPECT_FALSE(contains(html, "<script>alert")) << "a script of a stranger";
  EXPECT_FALSE(contains(html, "<img src=x"));
  EXPECT_FALSE(contains(html, "\u202E"));
  EXPECT_EQ(between(html, "<title>", "</title>").find('<'), std::string::npos);
  std::size_t scripts = 0;
  for (std::size_t at = html.find("<script"); at != std::string::npos; at = html.find("<script", at + 1))
    ++scripts;
  EXPECT_EQ(scripts, 2U);
  EXPECT_EQ(sample.data()["tables"]["offices"]["text"]["name_fa"][0], evil);
}

TEST(PageWriter, MissingAndEmptyTablesLeaveTheirSectionsOut) {
  const Sample sample;
  PageSource none = sample.source();
  none.tables.clear();
  EXPECT_TRUE(contains(page_html(none), "<h1>"));
  EXPECT_TRUE(nlohmann::json::parse(make_page_data(none, {}))["map"].is_null());
  for (std::size_t i = 0; i < sample.tables.size(); ++i) {
    PageSource one = sample.source();
    one.tables = {&sample.tables[i]};
    EXPECT_TRUE(contains(page_html(one), "</html>")) << sample.tables[i].header.name;
    Table empty = sample.tables[i];
    empty.rows.clear();
    one.tables = {&empty};
    EXPECT_TRUE(contains(page_html(one), "</html>")) << sample.tables[i].header.name;
  }
}

TEST(PageWriter, OneReplicationHasNoNumbers) {
  const Sample sample(1);
  const std::string html = page_html(sample.source());
  EXPECT_TRUE(contains(html, "One replication has no intervals"));
  EXPECT_FALSE(contains(html, "class=targets"));
  const auto data = sample.data();
  EXPECT_EQ(data["tables"]["offices"]["estimate"]["wait_s"]["m"], "- - -");
}

/// Of 500 visits a day the first office has half in time, the others nearly all. In `within_s` of the target.
void judge_by(Sample& sample, const std::vector<Target>& targets) {
  sample.scenario.targets = targets;
  for (std::size_t r = 0; r < sample.trials.size(); ++r) {
    sample.trials[r].targets.clear();
    for (std::size_t i = 0; i < targets.size(); ++i) {
      constexpr std::size_t kDays = 2, kStations = 4;
      TargetCounts counts{kDays, 1, {}, {}};
      counts.counts.resize(kStations * kDays);
      for (std::size_t day = 0; day < kDays; ++day) {
        const auto shake = static_cast<std::uint32_t>((r + day) % 3);
        counts.at(0, day, 0) = {500, 250 + shake};
        counts.at(1, day, 0) = {500, 480 + shake};
        counts.at(2, day, 0) = {500, 470 + shake};
      }
      sample.trials[r].targets.push_back(std::move(counts));
    }
  }
  sample.remake();
}

Target target(const char* id, double goal, double within_s, TargetPeriod in = TargetPeriod::whole) {
  Target made;
  made.id = id;
  made.goal = goal;
  made.within_s = within_s;
  made.in = in;
  return made;
}

TEST(PageWriter, TheTargetThatJudgesIsNamedCountedAndShown) {
  Sample sample(6);
  judge_by(sample, {target("days", 0.7, 300, TargetPeriod::day), target("quarter", 0.9, 600)});
  const std::string html = page_html(sample.source());
  EXPECT_TRUE(
      contains(html, "Of 3 offices 2 meet the target “\u2068quarter\u2069: 90% within 10 minutes”, 1 miss"));
  const std::string days = between(html, "<bdi>days</bdi>", "</tr>");
  EXPECT_THAT(days, HasSubstr("دفتر-روز"));
  EXPECT_THAT(days, HasSubstr("<td class=number>۶</td>")) << "three offices on two days";
  const auto data = sample.data();
  const auto& offices = data["tables"]["offices"];
  EXPECT_EQ(data["run"]["judged"]["offices"]["target"], "quarter");
  EXPECT_EQ(data["run"]["judged"]["offices"]["goal"], "90");
  EXPECT_FALSE(data["run"]["judged"]["offices"]["is_service_level"].get<bool>());
  EXPECT_EQ(offices["text"]["standing"], nlohmann::json({"missed", "met", "met"}));
  EXPECT_THAT(offices["estimate"]["in_time"]["m"].get<std::string>(), ::testing::StartsWith("50."));
  EXPECT_TRUE(offices["estimate"].contains("service_level")) << "another share, within another time";
  EXPECT_EQ(data["map"]["places"][1]["share"], "94") << "the map has the share that is judged";
  EXPECT_FALSE(data["run"]["judged"].contains("counters")) << "nobody came there";
}

TEST(PageWriter, TheServiceLevelThatIsATargetIsShownOnce) {
  Sample sample(6);
  judge_by(sample, {target("service_level", 0.9, sample.scenario.service_level_s)});
  const auto data = sample.data();
  const auto& offices = data["tables"]["offices"]["estimate"];
  EXPECT_TRUE(offices.contains("in_time"));
  EXPECT_FALSE(offices.contains("service_level"));
  EXPECT_TRUE(data["tables"]["counters"]["estimate"].contains("service_level")) << "it is not judged there";
  EXPECT_TRUE(contains(page_html(sample.source()), "meet the target “90% within 15 minutes”"));
}

TEST(PageWriter, AStationThatIsJudgedByDayHasItsWorstVerdict) {
  Sample sample(6);
  judge_by(sample, {target("days", 0.9, 600, TargetPeriod::day)});
  const auto data = sample.data();
  EXPECT_EQ(data["tables"]["offices"]["text"]["standing"], nlohmann::json({"missed", "met", "met"}));
  EXPECT_FALSE(data["tables"]["offices"]["estimate"].contains("in_time")) << "it has a share of every day";
  EXPECT_TRUE(contains(page_html(sample.source()), "Of 6 office-days 4 meet the target"));
}

TEST(PageWriter, TablesThatWereNotWrittenAreNamed) {
  Sample sample;
  PageSource source = sample.source();
  std::erase_if(source.tables, [](const Table* table) { return table->header.name == "summary"; });
  const std::string html = page_html(source);
  EXPECT_TRUE(contains(html, "did not write these tables: \u2068summary\u2069."));
  EXPECT_FALSE(contains(html, "nothing to judge"));
}

TEST(PageWriter, ARunWithoutDatesHasNone) {
  Scenario scenario = tests::sample_stations(true);
  scenario.run.start = 0;
  scenario.run.warm_up_days = 0;
  const std::vector<TrialResult> trials{tests::sample_station_trial(0), tests::sample_station_trial(1)};
  const std::vector<Table> tables = make_tables(Results{scenario, trials});
  PageSource source{scenario, kRecord, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  const std::string facts = between(page_html(source), "<p class=run>", "</p>");
  EXPECT_THAT(facts, Not(HasSubstr("۱۳۴۸")));
  EXPECT_THAT(facts, Not(HasSubstr("نخست")));
  EXPECT_FALSE(
      nlohmann::json::parse(make_page_data(source, read_verdicts(source)))["run"]["has_dates"].get<bool>());
}

TEST(PageWriter, ThePlacesOfTheMapHaveTheShareOfTheirOffices) {
  const Sample sample;
  const auto data = sample.data();
  const auto offices = find_table(sample.source(), "offices");
  double joined = 0, in_time = 0;
  for (std::size_t row : {0, 1}) {
    const double came = *offices->number(row, "arrived_mean") - *offices->number(row, "balked_mean");
    joined += came;
    in_time += came * *offices->number(row, "service_level_mean");
  }
  EXPECT_EQ(data["map"]["places"][0]["share"], rounded(100 * in_time / joined, 0));
  EXPECT_EQ(data["map"]["places"][0]["offices"], nlohmann::json({0, 1}));
  EXPECT_FALSE(data["map"]["borders"].get<std::string>().empty());
}

std::string part(const nlohmann::json& estimate, const char* name) {
  return estimate.contains(name) ? estimate[name].get<std::string>() : std::string();
}

/// As the page's script reads it: the distance from the mean in units of its last digit, or the end itself.
double end_of_interval(const std::string& mean, const std::string& distance, int sign) {
  if (distance.front() == '=') return std::stod(distance.substr(1));
  const std::size_t point = mean.find('.');
  const double decimals = point == std::string::npos ? 0 : static_cast<double>(mean.size() - point - 1);
  return std::stod(mean) + sign * std::stod(distance) * std::pow(10, -decimals);
}

/// Every number of every table is the table's own, rounded as its interval tells.
TEST(PageWriter, NumbersAreThoseOfTheTables) {
  const Sample sample;
  const JudgedSource judged(sample.source(), read_verdicts(sample.source()));
  const auto data = sample.data();
  std::size_t compared = 0, ends = 0;
  for (const ShownTable& shown : shown_tables()) {
    const auto table = find_table(judged.get(), shown.table);
    if (!table || !data["tables"].contains(shown.table)) continue;
    for (const auto& [quantity, estimate] : data["tables"][shown.table]["estimate"].items()) {
      std::istringstream tokens(estimate["m"].get<std::string>()), below_tokens(part(estimate, "below")),
          above_tokens(part(estimate, "above"));
      const std::string mean = table->find(quantity + "_mean") ? quantity + "_mean" : quantity;
      const double factor = estimate["unit"] == "percent"                           ? 100
                            : estimate["unit"] == "million_rial"                    ? 1e-6
                            : estimate["unit"] == "min" && quantity != "travel_min" ? 1 / 60.0
                            : estimate["unit"] == "h" && quantity.ends_with("_s")   ? 1 / 3600.0
                                                                                    : 1;
      std::string token, below, above;
      for (std::size_t row = 0; tokens >> token; ++row) {
        below_tokens >> below;
        above_tokens >> above;
        const auto value = table->number(row, mean);
        if (token == "-") continue;
        ASSERT_TRUE(value) << shown.table << ' ' << quantity << ' ' << row;
        const std::size_t point = token.find('.');
        const double decimals =
            point == std::string::npos ? 0 : static_cast<double>(token.size() - point - 1);
        const double low = table->number(row, quantity + "_low")
                               .value_or(*value - table->number(row, quantity + "_half_width").value_or(0));
        const double high = table->number(row, quantity + "_high")
                                .value_or(*value + table->number(row, quantity + "_half_width").value_or(0));
        const double half_width = (high - low) / 2 * factor;
        EXPECT_LE(std::abs(std::stod(token) - *value * factor),
                  std::max(0.5 * std::pow(10, -decimals), 0.05 * half_width) * (1 + 1e-9))
            << shown.table << ' ' << quantity << ' ' << row;
        ++compared;
        if (!table->find(quantity + "_low")) continue;
        const double tolerance = (std::pow(10, -decimals) + 0.05 * half_width) * (1 + 1e-9);
        EXPECT_NEAR(end_of_interval(token, below, -1), low * factor, tolerance)
            << shown.table << ' ' << quantity << ' ' << row << ' ' << token << ' ' << below;
        EXPECT_NEAR(end_of_interval(token, above, 1), high * factor, tolerance)
            << shown.table << ' ' << quantity << ' ' << row << ' ' << token << ' ' << above;
        ++ends;
      }
    }
  }
  EXPECT_GT(compared, 100U);
  EXPECT_GT(ends, 50U);
}

TEST(PageWriter, TheDataIsInflatedToWhatWasWritten) {
  const Sample sample;
  const std::string text = make_page_data(sample.source(), read_verdicts(sample.source()));
  EXPECT_EQ(inflated(gzip(text)), text);
}

TEST(Base64, IsThatOfTheStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(content_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(PrintedNumbers, HaveTheDigitsOfTheirIntervals) {
  EXPECT_EQ(decimals_of(0.084), 2);
  EXPECT_EQ(decimals_of(0.84), 2);
  EXPECT_EQ(decimals_of(8.4), 1);
  EXPECT_EQ(decimals_of(84), 0);
  EXPECT_EQ(decimals_of(840), -1);
  EXPECT_EQ(decimals_of(9.96), 0) << "rounds to 10";
  EXPECT_EQ(decimals_of(0), 2);
  EXPECT_EQ(rounded(254313.3, -3), "254000");
  EXPECT_EQ(rounded(-0.001, 2), "0.00");
  EXPECT_EQ(rounded(4.4249, 2), "4.42");
  EXPECT_EQ(rounded(7), "7");
  EXPECT_EQ(rounded(7.25), "7.25");
  const PrintedEstimate printed = print_estimate(0.8462, 0.8162, 0.8731, false, {"percent", 100});
  EXPECT_EQ(printed.mean, "84.6");
  EXPECT_EQ(printed.low, "81.6");
  EXPECT_EQ(printed.high, "87.3");
}

TEST(SetNumbers, InBothLanguages) {
  EXPECT_EQ(set_number("1234567.5", Language::english), "1,234,567.5");
  EXPECT_EQ(set_number("1234567.5", Language::persian), "۱\u066C۲۳۴\u066C۵۶۷\u066B۵");
  EXPECT_EQ(set_number("-3.2", Language::persian), "\u200E\u2212۳\u066B۲");
  EXPECT_EQ(set_number("-3.2", Language::english), "\u22123.2");
  EXPECT_EQ(set_number("123", Language::english), "123");
  EXPECT_EQ(set_percent("84.6", Language::persian), "۸۴\u066B۶\u200F\u066A");
  EXPECT_EQ(set_percent("84.6", Language::english), "84.6%");
}

}  // namespace
}  // namespace pishkhan::page::writer_test
