// Times drawn from tables are those of the quantile functions, to the last tick, whatever the processor.
#include "sim/random/tick_table.hpp"

#include <gtest/gtest.h>

#include "sim/random/philox.hpp"
#include "tests/sim/every_instruction_set.hpp"

namespace pishkhan::tick_table_test {
namespace {

struct Law {
  std::string name;
  Distribution of;
  double coarse_at_most = 0.01;  ///< share of the draws that need the quantile itself
};

const std::vector<Law>& laws() {
  static const std::vector<Law> kLaws{
      {"exponential", Exponential{600}},
      {"lognormal", Lognormal{540, 0.6}},
      {"lognormal, wide", Lognormal{20, 3}},
      {"lognormal, hardly varying", Lognormal{300, 0.01}},
      {"lognormal, beyond a day", Lognormal{40000, 1}, 1},
      {"weibull", Weibull{.shape = 0.8, .scale = 600}},
      {"log-logistic", LogLogistic{.shape = 3, .median = 400}},
      {"gamma", Gamma{.mean = 600, .cv = 1.3}},
      {"erlang", Erlang{.mean = 300, .shape = 4}},
      {"uniform", Uniform{0, 900}},
      {"triangular", Triangular{100, 200, 900}},
      {"empirical", Empirical{{1, 5, 9, 100}}},
      {"constant", Constant{kTick_s * 12345.5}, 1},  // in the middle between two ticks
      {"mixture", Mixture{{{0.3, Lognormal{120, 0.5}}, {0.7, Uniform{300, 900}}}}, 1},
      {"mixture, with a rare part between two alike",
       Mixture{{{30.02, Constant{60}}, {0.002, Constant{3600}}, {69.978, Constant{60}}}}},
      {"mixture, limited",
       limited(Mixture{{{30.02, Exponential{60}}, {0.002, Constant{1}}, {69.978, Constant{90}}}}, 80)},
      {"hardly a tick", Exponential{kTick_s}, 1},
      {"never", Never{}, 1},
      {"years", Exponential{1e9}, 1},
  };
  return kLaws;
}

/// Both ends, the middle, and where halvings and pieces begin; then others.
std::vector<std::uint32_t> words_to_try() {
  std::vector<std::uint32_t> words{0, 1, UINT32_MAX, UINT32_MAX - 1, 1U << 31, (1U << 31) - 1};
  for (int bit = 16; bit < 32; ++bit) {
    for (std::uint32_t piece = 0; piece < 16; ++piece) {
      const std::uint32_t edge = (1U << bit) + (piece << (bit - 8));
      for (const std::uint32_t word : {edge - 1, edge, edge + 1}) {
        words.push_back(word);
        words.push_back(~word);
      }
    }
  }
  for (std::uint32_t i = 0; words.size() < 200'000; ++i)
    for (const std::uint32_t word : draw({1, 2}, i, 3, 4, 5)) words.push_back(word);
  words.resize(words.size() / TickTable::kTogether * TickTable::kTogether);
  return words;
}

using TickTables = tests::EveryInstructionSet;

TEST_P(TickTables, AreTheQuantilesInTicks) {
  const std::vector<std::uint32_t> words = words_to_try();
  for (const Law& law : laws()) {
    SCOPED_TRACE(law.name);
    const TickTable table(law.of);
    EXPECT_LE(table.coarse_share(), law.coarse_at_most);
    std::vector<Tick> ticks(words.size());
    table.draw(GetParam(), words.data(), words.size(), ticks.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
      wrong += ticks[i] != to_tick(round_to_tick(quantile(law.of, uniform(words[i]))));
    EXPECT_EQ(wrong, 0U);
  }
}
INSTANTIATE_TEST_SUITE_P(Sets, TickTables, ::testing::ValuesIn(kInstructionSets), tests::name_of_set);

}  // namespace
}  // namespace pishkhan::tick_table_test
