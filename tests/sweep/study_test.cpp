// The study file: its mistakes, its designs, and the file of points.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "sim/base/diagnostic.hpp"
#include "sim/random/space_filling.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"

namespace pishkhan::study_test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::ScratchFolder;

const std::string kHead = "study: A test\nscenario: mm1.yaml\nresponses: [wait_s]\n";

Study study_of(const std::string& text) {
  const ScratchFolder scratch;
  const fs::path file = scratch.path() / "study.yaml";
  std::ofstream(file) << text;
  return load_study(file);
}

/// All mistakes of a study, one a line.
std::string mistakes_of(const std::string& text) {
  try {
    (void)study_of(text);
    return "none";
  } catch (const UserError& error) {
    return error.what();
  }
}

std::vector<std::string> texts_of(const std::vector<Level>& values) {
  std::vector<std::string> texts;
  for (const Level& value : values) texts.push_back(value.text);
  return texts;
}

const std::string kTwoFactors =
    "factors:\n"
    "  clerks: {path: stations.0.clerks, values: [1, 2]}\n"
    "  rate: {path: stations.0.arrivals, from: 0.1 / min, to: 0.3 / min, levels: 3}\n";

TEST(Study, FullFactorialHasEveryCombinationOnce) {
  const Study study = study_of(kHead + kTwoFactors + "design: full_factorial\n");
  const Design design(study);
  ASSERT_EQ(design.size(), 6u);
  std::set<std::vector<std::string>> points;
  for (std::size_t i = 0; i < design.size(); ++i) points.insert(texts_of(design.point(i)));
  EXPECT_EQ(points.size(), 6u);
  EXPECT_THAT(texts_of(design.point(1)), ElementsAre("1", "0.2 / min"));
  EXPECT_THAT(overrides_of(design.point(5)),
              ElementsAre("stations.0.clerks=2", "stations.0.arrivals=0.3 / min"));
  EXPECT_TRUE(study.factors[1].is_numeric);
  EXPECT_EQ(study.factors[1].unit, " / min");
}

TEST(Study, OneAtATimeLeavesTheOthersAtTheirFirstLevel) {
  const Study study = study_of(kHead + kTwoFactors + "design: one_at_a_time\n");
  const Design design(study);
  ASSERT_EQ(design.size(), 4u);
  EXPECT_THAT(texts_of(design.point(0)), ElementsAre("1", "0.1 / min"));
  EXPECT_THAT(texts_of(design.point(1)), ElementsAre("2", "0.1 / min"));
  EXPECT_THAT(texts_of(design.point(2)), ElementsAre("1", "0.2 / min"));
  EXPECT_THAT(texts_of(design.point(3)), ElementsAre("1", "0.3 / min"));
}

TEST(Study, SamplesAreSpreadOverTheirRange) {
  const std::string factors =
      "factors:\n"
      "  share: {path: a, from: 20%, to: 40%}\n"
      "  clerks: {path: b, values: [1, 2, 3, 4]}\n";
  for (const std::string design_text :
       {"{latin_hypercube: {points: 40, seed: 7}}", "{sobol: {points: 40}}"}) {
    const Study study = study_of(kHead + factors + "design: " + design_text + "\n");
    const Design design(study);
    ASSERT_EQ(design.size(), 40u);
    std::vector<int> clerks(4), quarters(4);
    for (std::size_t i = 0; i < design.size(); ++i) {
      const std::vector<Level> values = design.point(i);
      EXPECT_GE(values[0].number, 20);
      EXPECT_LT(values[0].number, 40);
      EXPECT_TRUE(values[0].text.ends_with('%'));
      ++quarters[static_cast<std::size_t>((values[0].number - 20) / 5)];
      ++clerks[design.level_at(i, 1)];
    }
    for (const int count : quarters) EXPECT_NEAR(count, 10, 1) << design_text;
    for (const int count : clerks) EXPECT_NEAR(count, 10, 1) << design_text;
  }
}

TEST(Study, ARangeWithAPlusIsWhatIsAdded) {
  const auto levels_of = [](const std::string& factor) {
    const Study study = study_of(kHead + "factors: {a: " + factor + "}\ndesign: full_factorial\n");
    std::vector<std::string> texts;
    for (const Level& level : study.factors[0].levels) texts.push_back(level.text);
    texts.push_back(study.factors[0].is_numeric ? "numeric" : "texts");
    return texts;
  };
  EXPECT_THAT(levels_of("{path: x, from: -20%, to: +20%, levels: 3}"),
              ElementsAre("-20%", "+0%", "+20%", "numeric"));
  EXPECT_THAT(levels_of("{path: x, from: -20%, to: 20%, levels: 3}"),
              ElementsAre("-20%", "0%", "20%", "numeric"));
  EXPECT_THAT(levels_of("{path: x, values: [+1, -1]}"), ElementsAre("+1", "-1", "numeric"));
  EXPECT_THAT(levels_of("{path: x, values: [-1, +1, 2]}"), ElementsAre("-1", "+1", "2", "texts"));
  EXPECT_THAT(mistakes_of(kHead + "factors: {a: {path: x, from: 1, to: +3, levels: 3}}\ndesign: sobol\n"),
              HasSubstr("one with a plus and one without"));
}

TEST(Study, ShippedStudiesAreRead) {
  std::size_t studies = 0;
  for (const auto& entry : fs::directory_iterator(tests::source_dir() / "scenarios/studies")) {
    const Study study = load_study(entry.path());
    EXPECT_GT(Design(study).size(), 0u) << entry.path();
    ++studies;
  }
  EXPECT_GE(studies, 2u);
}

TEST(SpaceFilling, LatinHypercubeHasOnePointInEveryPart) {
  const auto points = latin_hypercube(100, 3, 5);
  for (std::size_t c = 0; c < 3; ++c) {
    std::set<int> parts;
    for (const auto& point : points) parts.insert(static_cast<int>(point[c] * 100));
    EXPECT_EQ(parts.size(), 100u);
  }
  EXPECT_EQ(points, latin_hypercube(100, 3, 5));
  EXPECT_NE(points, latin_hypercube(100, 3, 6));
}

TEST(SpaceFilling, SobolPointsAreThePublishedOnes) {
  const auto points = sobol_points(3, 2);
  EXPECT_THAT(points[0], ElementsAre(0.5, 0.5));
  EXPECT_THAT(points[1], ElementsAre(0.75, 0.25));
  EXPECT_THAT(points[2], ElementsAre(0.25, 0.75));
  for (const std::vector<double>& point : sobol_points(255, 40)) {
    EXPECT_GE(*std::min_element(point.begin(), point.end()), 0);
    EXPECT_LT(*std::max_element(point.begin(), point.end()), 1);
  }
}

TEST(Study, TellsAllMistakesAtOnce) {
  const std::string told = mistakes_of(
      "study: A test\nscenario: mm1.yaml\n"
      "factors:\n"
      "  a: {path: run.days, values: [1, 2, 1]}\n"
      "  b: {path: x, from: 1 s, to: 2 min, levels: 3}\n"
      "  c: {path: x, from: 3, to: 2, levels: 3}\n"
      "  d: {values: [1]}\n"
      "  e: {path: x}\n"
      "  point: {path: x, values: [1]}\n"
      "  f: {path: x, from: many, to: 3, levels: 3}\n"
      "  g: {path: x, from: 1}\n"
      "design: full_factorial\n"
      "responses: [wait, {quantity: wait_s, channel: office, county: sari}]\n"
      "replications: 1\n");
  for (const char* expected :
       {"a second `1`", "another unit than that of `from`", "not above `from`", "the key `path` is missing",
        "it needs one of `values`", "`point` is a column of the results", "`many` is no number",
        "`from` without `to`", "`wait` ", "more than one of `channel`", "replications"})
    EXPECT_THAT(told, HasSubstr(expected));
}

TEST(Study, RefusesADesignWithoutPoints) {
  EXPECT_THAT(mistakes_of(kHead + "factors: {}\ndesign: full_factorial\n"), HasSubstr("has no points"));
  EXPECT_THAT(mistakes_of(kHead + "factors: {v: {variants: {}}}\ndesign: full_factorial\n"),
              HasSubstr("there is no variant"));
  EXPECT_THAT(mistakes_of(kHead + "factors: {v: {path: a, values: []}}\ndesign: full_factorial\n"),
              HasSubstr("values"));
  EXPECT_THAT(mistakes_of(kHead + kTwoFactors + "design: {sobol: {points: 0}}\n"), HasSubstr("points"));
  const std::string any = "factors: {a: {path: run.days, from: 1, to: 9}}\n";
  EXPECT_THAT(mistakes_of(kHead + any + "design: full_factorial\n"), HasSubstr("needs single values"));
  const std::string many = "{path: run.days, from: 1, to: 9, levels: 2000}";
  EXPECT_THAT(mistakes_of(kHead + "factors: {a: " + many + ", b: " + many + "}\ndesign: full_factorial\n"),
              HasSubstr("more than 1000000 points"));
}

TEST(Study, SensitivitiesTakeTheirPointsInRows) {
  const Study study = study_of(kHead + kTwoFactors + "design: {sobol_indices: {rows: 5, seed: 2}}\n");
  const Design design(study);
  ASSERT_EQ(design.size(), 20u);
  EXPECT_EQ(study.points_of_row(), 4u);
  for (std::size_t row = 0; row < 20; row += 4) {
    EXPECT_EQ(design.level_at(row + 2, 1), design.level_at(row, 1));
    EXPECT_EQ(design.level_at(row + 2, 0), design.level_at(row + 1, 0));
  }
  const Study trajectories =
      study_of(kHead + kTwoFactors + "design: {morris: {trajectories: 6, levels: 6}}\n");
  const Design steps(trajectories);
  ASSERT_EQ(steps.size(), 18u);
  for (std::size_t row = 0; row < 18; row += 3) {
    for (std::size_t step = 0; step < 2; ++step) {
      const double first = steps.position(row + step + 1, 0) - steps.position(row + step, 0),
                   second = steps.position(row + step + 1, 1) - steps.position(row + step, 1);
      EXPECT_NE(first == 0, second == 0);
    }
  }
}

TEST(Study, RefusesSensitivitiesThatCannotBeFound) {
  EXPECT_THAT(mistakes_of(kHead + kTwoFactors + "design: {sobol_indices: {rows: 5}}\nreplications: 2\n"),
              HasSubstr("2 are too few"));
  EXPECT_THAT(mistakes_of(kHead + kTwoFactors + "design: {morris: {trajectories: 5, levels: 5}}\n"),
              HasSubstr("an odd number of `levels`"));
  EXPECT_THAT(mistakes_of(kHead + kTwoFactors + "design: {sobol_indices: {rows: 900000}}\n"),
              HasSubstr("more than 1000000 points"));
  EXPECT_THAT(
      mistakes_of(kHead + "factors: {a: {path: x, values: [1]}}\ndesign: {morris: {trajectories: 5}}\n"),
      HasSubstr("a single value has no effect"));
  EXPECT_THAT(mistakes_of("study: A\nscenario: mm1.yaml\nresponses: [{quantity: wait_s, best: least}]\n"
                          "factors: {a: {path: x, from: 1, to: 9}}\ndesign: {sobol: {points: 10001}}\n"),
              HasSubstr("at most 10000 points"));
}

TEST(Responses, HaveNamesOfTheirOwn) {
  const std::vector<std::string> names = response_quantities();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

PointResult some_point(std::size_t number) {
  PointResult result{number, "hash", "", {}};
  result.responses.push_back({{1.0 / 3, 0.1, 5}, {0.1, kNan, 1e-300}});
  result.responses.push_back({{kNan, kNan, 0}, {}});
  return result;
}

const PointsHeader kHeader{"study", "0.1.0", 4, 1, 1};

TEST(PointFile, KeepsEveryBit) {
  const ScratchFolder scratch;
  const fs::path path = scratch.path() / "points";
  {
    PointFile file(path, kHeader);
    file.add(some_point(2));
    file.add({1, "", "it \"failed\"", {}});
  }
  const PointReader reader({path});
  EXPECT_EQ(reader.header(), kHeader);
  EXPECT_THAT(reader.missing(), ElementsAre(0, 3));
  EXPECT_EQ(reader.read(1).failure, "it \"failed\"");
  const PointResult read = reader.read(2);
  EXPECT_EQ(point_line(read), point_line(some_point(2)));
  EXPECT_EQ(read.responses[0].estimate.mean, 1.0 / 3);
  EXPECT_EQ(read.responses[0].by_replication[2], 1e-300);
}

TEST(PointFile, CutsOffWhatIsHalfWrittenWhereverItEnds) {
  const ScratchFolder scratch;
  const fs::path path = scratch.path() / "points";
  const std::string first = header_line(kHeader) + point_line(some_point(0)),
                    second = point_line(some_point(1));
  for (std::size_t length = 0; length < first.size() + second.size(); length += 7) {
    std::ofstream(path) << (first + second).substr(0, length);
    {
      PointFile file(path, kHeader);
      EXPECT_EQ(file.known()[0], length >= first.size());
      if (!file.known()[0]) file.add(some_point(0));
      EXPECT_FALSE(file.known()[1]);
      file.add(some_point(1));
    }
    EXPECT_EQ(tests::read_text(path), first + second) << length;
  }
}

std::string refusal_of(const std::function<void()>& open) {
  try {
    open();
    return "none";
  } catch (const UserError& error) {
    return error.what();
  }
}

TEST(PointFile, RefusesWhatIsForeignOrDamaged) {
  const ScratchFolder scratch;
  const fs::path path = scratch.path() / "points";
  { PointFile(path, kHeader).add(some_point(0)); }
  const auto open_as = [&](PointsHeader header) {
    return refusal_of([&] { const PointFile file(path, header); });
  };
  EXPECT_EQ(open_as(kHeader), "none");
  EXPECT_THAT(open_as({"other", "0.1.0", 4, 1, 1}), HasSubstr("another study"));
  EXPECT_THAT(open_as({"study", "0.2.0", 4, 1, 1}), HasSubstr("version 0.1.0"));
  EXPECT_THAT(open_as({"study", "0.1.0", 4, 2, 3}), HasSubstr("shard 1/1"));
  {
    const PointFile held(path, kHeader);
    EXPECT_THAT(open_as(kHeader), HasSubstr("another process"));
  }
  std::string bytes = tests::read_text(path);
  bytes[bytes.size() - 5] ^= 1;
  std::ofstream(path) << bytes;
  EXPECT_THAT(open_as(kHeader), HasSubstr("damaged"));
  const auto read = [&] { return refusal_of([&] { const PointReader reader({path}); }); };
  EXPECT_THAT(read(), HasSubstr("damaged"));
  std::ofstream(path) << header_line(kHeader) + point_line(some_point(0)).substr(0, 100);
  EXPECT_THAT(read(), HasSubstr("damaged"));
  std::ofstream(path) << "some text\n";
  EXPECT_THAT(read(), HasSubstr("no file of points"));
}

TEST(PointReader, RefusesTwoResultsOfOnePoint) {
  const ScratchFolder scratch;
  const fs::path a = scratch.path() / "a", b = scratch.path() / "b";
  { PointFile(a, kHeader).add(some_point(0)); }
  { PointFile(b, kHeader).add(some_point(0)); }
  EXPECT_THAT(PointReader({a, b}).missing(), ElementsAre(1, 2, 3));
  std::ofstream(b) << header_line(kHeader) + point_line({0, "", "failed", {}});
  EXPECT_THAT(refusal_of([&] { const PointReader reader({a, b}); }), HasSubstr("another result of point 0"));
}

}  // namespace
}  // namespace pishkhan::study_test
