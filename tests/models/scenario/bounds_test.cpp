// The bounds of what scenarios may say: they are stated for every number, and hold.
#include "models/scenario/schema/bounds.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "models/scenario/language.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/sections/distribution.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::bounds_test {
namespace {

std::string refusal(Quantity quantity, const Range& range, double value) {
  const auto wrong = check_range(quantity, range, "it", value);
  return wrong ? wrong->problem + " (" + wrong->hint + ")" : "";
}

TEST(Bounds, AreTold) {
  const Range latency = within_bounds(Quantity::duration, {0, 600});
  EXPECT_EQ(refusal(Quantity::duration, latency, 600), "");
  EXPECT_EQ(refusal(Quantity::duration, latency, 0), "");
  EXPECT_EQ(refusal(Quantity::duration, latency, 601), "`it` is too large (at most 10 min)");
  EXPECT_EQ(refusal(Quantity::duration, latency, -1), "`it` is negative (at least 0 s)");
  EXPECT_EQ(refusal(Quantity::duration, latency, 1e-300), "`it` is too small (0, or at least 1e-06 s)");
  EXPECT_EQ(refusal(Quantity::duration, latency, HUGE_VAL), "`it` is too large (at most 10 min)");
  const Range mean = within_bounds(Quantity::duration, {.low = 0, .above = true});
  EXPECT_EQ(refusal(Quantity::duration, mean, 0), "`it` is too small (it must be above 0 s)");
  EXPECT_EQ(refusal(Quantity::duration, mean, 1e-300), "`it` is too small (at least 1e-06 s)");
  EXPECT_EQ(range_text(Quantity::duration, mean), "from 1e-06 s to 100000 d");
  EXPECT_EQ(range_text(Quantity::duration, latency), "0 s, or from 1e-06 s to 10 min");
  EXPECT_EQ(range_text(Quantity::bandwidth, within_bounds(Quantity::bandwidth, {.low = 0, .above = true})),
            "from 1 kbit/s to 1000 Gbit/s");
  EXPECT_EQ(range_text(Quantity::text, {}), "");
}

/// All quantities of the language that are numbers.
void for_each_number(const Shape& shape, std::set<const Shape*>& seen,
                     const std::function<void(const Shape&)>& look) {
  if (!seen.insert(&shape).second) return;
  if (shape.kind == Shape::Kind::quantity) look(shape);
  if (shape.item) for_each_number(*shape.item, seen, look);
  for (const ShapePtr& alternative : shape.alternatives) for_each_number(*alternative, seen, look);
  for (const Field& field : shape.fields) for_each_number(*field.shape, seen, look);
}

TEST(Bounds, HoldForEveryNumberOfTheLanguage) {
  std::set<const Shape*> seen;
  std::size_t numbers = 0;
  for_each_number(*language().keys.shape(), seen, [&](const Shape& shape) {
    const Range all = bounds(shape.quantity);
    if (!std::isfinite(all.high)) return;
    ++numbers;
    EXPECT_TRUE(shape.range.low >= all.low && shape.range.high <= all.high &&
                (shape.range.low < 0 || shape.range.least >= all.least))
        << describe(shape) << " " << range_text(shape.quantity, shape.range);
    EXPECT_FALSE(range_text(shape.quantity, shape.range).empty()) << describe(shape);
  });
  EXPECT_GT(numbers, 60u);
}

TEST(Bounds, StandInTheSchema) {
  const auto schema = nlohmann::json::parse(scenario_schema());
  const auto& latency = schema["$defs"]["link"]["properties"]["latency"];
  EXPECT_EQ(latency["description"], "One way. 0 s, or from 1e-06 s to 10 min.");
  EXPECT_EQ(schema["properties"]["choice"]["properties"]["distance_exponent"]["maximum"], 20);
}

TEST(Bounds, OfTimesHoldForTheirMeanAndTheirLongestDraw) {
  const auto told = [](const Distribution& times) {
    const auto wrong = check_times(times);
    return wrong ? wrong->problem : "";
  };
  EXPECT_EQ(told(Constant{0}), "");
  EXPECT_EQ(told(Exponential{100 * kSecondsPerDay}), "");
  EXPECT_EQ(told(Lognormal{3600, 100}), "");
  EXPECT_EQ(told(Never{}), "");
  EXPECT_EQ(told(Exponential{1e-300}), "its mean of 1e-300 s is too short");
  EXPECT_EQ(told(Exponential{101 * kSecondsPerDay}), "its mean of 101 d is too long");
  EXPECT_NE(told(Weibull{0.02, 1}), "");
  EXPECT_NE(told(Weibull{0.1, 3600}), "");
  EXPECT_NE(told(Lognormal{kSecondsPerDay, 100}).find("its times spread too far"), std::string::npos);
}

/// What scenarios may say of distributions can be drawn, at the bounds of the parameters and of the uniforms.
TEST(Bounds, LeaveEveryDistributionFinite) {
  std::size_t drawn = 0;
  for (const double cv : {0.01, 0.0123, 0.1, 0.5, 1.0, 2.0, 10.0, 30.0, 100.0}) {
    for (const double u : {0x1p-33, 0x1p-20, 0.01, 0.5, 0.99, 1 - 0x1p-20, 1 - 0x1p-33}) {
      for (const Distribution& times :
           {Distribution(Gamma{60, cv}), Distribution(Lognormal{60, cv}),
            Distribution(Weibull{std::max(0.1, cv * 10), 60}), Distribution(LogLogistic{2 + cv, 60})}) {
        const double value = quantile(times, u);
        EXPECT_TRUE(std::isfinite(value) && value >= 0) << times.index() << ' ' << cv << ' ' << u;
        ++drawn;
      }
    }
  }
  EXPECT_EQ(drawn, 9u * 7 * 4);
}

std::string first_problem(const std::string& text) {
  try {
    load_scenario_text(text, "tests/scenarios/small/text.yaml");
  } catch (const UserError& error) {
    return error.diagnostics().front().problem;
  }
  return "";
}

/// A station of seven streams with so many groups of clerks, each with other skills.
std::string station_of_kinds(int kinds) {
  std::string text =
      "scenario: Kinds\nrun: {length: 1 h}\nstations:\n  - id: a\n    handling: {constant: 1 min}\n"
      "    streams:\n";
  for (int s = 0; s < 7; ++s) text += "      - {id: s" + std::to_string(s) + ", arrivals: 1 / min}\n";
  text += "    clerks:\n      - {clerks: 1}\n";
  for (int k = 1; k < kinds; ++k) {
    std::string skills;
    for (int s = 0; s < 7; ++s)
      if (k >> s & 1) skills += (skills.empty() ? "s" : ", s") + std::to_string(s);
    text += "      - {clerks: 1, skills: [" + skills + "]}\n";
  }
  return text;
}

TEST(Bounds, OfKindsOfClerksCountSkillsNotGroups) {
  EXPECT_EQ(first_problem(station_of_kinds(64)), "");
  EXPECT_EQ(first_problem(station_of_kinds(65)), "`a` gets clerks of 65 kinds by skills");
  // Many groups of few kinds.
  std::string text = station_of_kinds(2);
  for (int k = 0; k < 200; ++k) text += "      - {clerks: 1}\n";
  EXPECT_EQ(first_problem(text), "");
}

TEST(Bounds, OfKindsOfClerksHoldForStaffing) {
  std::string text = "scenario: A change\nbase: small.yaml\nstaffing:\n";
  for (int k = 0; k < 200; ++k) {
    text += "  - {at: {office: sari-u-001}, clerks: +1, skills: [" +
            std::string(k % 2 == 0 ? "birth-certificate" : "address-change, parcel") + "]}\n";
  }
  EXPECT_EQ(first_problem(text), "");
}

TEST(Bounds, OfClassesAreThoseOfAnAttempt) {
  const auto with = [](int classes) {
    std::string text = "scenario: A change\nbase: small.yaml\nclasses:\n";
    for (int k = 1; k < classes; ++k) text += "  c" + std::to_string(k) + ": {share: 0.1%, priority: 1}\n";
    return text;  // the base has one
  };
  EXPECT_EQ(first_problem(with(255)), "");
  EXPECT_EQ(first_problem(with(256)), "256 classes");
}

}  // namespace
}  // namespace pishkhan::bounds_test
