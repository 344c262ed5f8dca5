// Draws: the batch equals Random123 and its published vectors, samplers equal quantiles bit for bit, and the
// elementary functions keep their promised accuracy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <vector>

#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/philox_lanes.hpp"
#include "sim/random/poisson.hpp"
#include "sim/random/sampler.hpp"
#include "tests/sim/every_instruction_set.hpp"

namespace pishkhan::random_test {
namespace {

TEST(Philox, PublishedVectors) {
  // Random123's kat_vectors for philox4x32-10.
  EXPECT_EQ(draw({0, 0}, 0, 0, 0, 0), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(draw({UINT32_MAX, UINT32_MAX}, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(draw({0xa4093822, 0x299f31d0}, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

/// Columns of a batch with room around them, so that batches may begin anywhere.
struct Batch {
  static constexpr std::size_t kRoom = 160;
  std::array<std::vector<std::uint32_t>, 4> counters;
  std::array<std::vector<std::uint32_t>, 4> words;
  Batch() {
    for (auto& column : words) column.assign(kRoom, kUntouched);
    for (std::uint32_t i = 0; i < kRoom; ++i) {
      counters[0].push_back(i * 2654435761u);
      counters[1].push_back(~i);
      counters[2].push_back(17000 + i % 3);
      counters[3].push_back((i % 5) << 16 | 1);
    }
  }
  [[nodiscard]] DrawColumns from(std::size_t i) {
    return {&counters[0][i],
            &counters[1][i],
            &counters[2][i],
            &counters[3][i],
            {&words[0][i], &words[1][i], &words[2][i], &words[3][i]}};
  }
  static constexpr std::uint32_t kUntouched = 0xdeadbeef;
};

/// Words of [begin, begin + n) are those of draw(), and no others were written.
void expect_single_draws(DrawKey key, const Batch& batch, std::size_t begin, std::size_t n) {
  for (std::size_t i = 0; i < Batch::kRoom; ++i) {
    const bool within = begin <= i && i < begin + n;
    const Block block =
        draw(key, batch.counters[0][i], batch.counters[1][i], batch.counters[2][i], batch.counters[3][i]);
    for (std::size_t w = 0; w < 4; ++w)
      ASSERT_EQ(batch.words[w][i], within ? block[w] : Batch::kUntouched) << begin << ' ' << n << ' ' << i;
  }
}

TEST(Philox, BatchEqualsSingleDraws) {
  const DrawKey key = draw_key(1395, 7);
  Batch batch;
  const DrawColumns at = batch.from(1);
  draw_batch(key, at.index, at.stream, at.day, at.tag, 101, at.words);
  expect_single_draws(key, batch, 1, 101);
}

class DrawLoops : public tests::EveryInstructionSet {};
INSTANTIATE_TEST_SUITE_P(, DrawLoops, ::testing::ValuesIn(kInstructionSets), tests::name_of_set);

TEST_P(DrawLoops, GiveTheSameWordsForEveryLengthAndAlignment) {
  const DrawKey keys[] = {draw_key(1395, 7), {0, 0}, {UINT32_MAX, UINT32_MAX}};
  for (const DrawKey key : keys) {
    for (std::size_t begin = 0; begin < 9; ++begin) {
      for (const std::size_t n :
           {0, 1, 2, 3, 5, 7, 8, 9, 12, 15, 16, 17, 23, 31, 32, 33, 63, 64, 65, 100, 150}) {
        Batch batch;
        kDrawLoops.of(GetParam())(key, batch.from(begin), n);
        ASSERT_NO_FATAL_FAILURE(expect_single_draws(key, batch, begin, n));
      }
    }
  }
}

TEST(Elementary, KeepsItsAccuracy) {
  // Uniforms of 32 bits, for which 1 - u and u - 1/2 are exact.
  const boost::math::normal_distribution<long double> normal;
  for (std::uint32_t k = 0; k < 40000; ++k) {
    const double u = uniform(k * 107374u), tail = uniform(k * k);
    ASSERT_NEAR(natural_log(u) / std::log(u), 1, 4e-16);
    ASSERT_NEAR(natural_log(tail) / std::log(tail), 1, 4e-16);
    const double x = -700 + 1400 * u;
    ASSERT_NEAR(exponential(x) / std::exp(x), 1, 4e-16);
    for (const double p : {u, tail}) {
      ASSERT_NEAR(normal_quantile(p), static_cast<double>(quantile(normal, static_cast<long double>(p))),
                  6e-15);
    }
  }
}

/// One of every family, in another order than the list's.
std::vector<Distribution> one_of_each() {
  return {Lognormal{540, 0.8},
          Exponential{60},
          Weibull{1.4, 2400},
          LogLogistic{8, 540},
          Constant{30},
          Never{},
          Erlang{300, 3},
          Gamma{200, 0.6},
          Uniform{10, 20},
          Triangular{1, 2, 6},
          Empirical{{1, 2, 5, 9}},
          Mixture{{{0.25, Exponential{10}}, {0.75, Lognormal{100, 1.2}}}},
          limited(Lognormal{540, 1.2}, 900)};
}

TEST(Distribution, EveryFamilyOfTheListIsTested) {
  std::vector<bool> seen(std::variant_size_v<Distribution>);
  for (const auto& distribution : one_of_each()) seen[distribution.index()] = true;
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), std::ssize(seen));
}

class SamplerLoops : public tests::EveryInstructionSet {};
INSTANTIATE_TEST_SUITE_P(, SamplerLoops, ::testing::ValuesIn(kInstructionSets), tests::name_of_set);

TEST_P(SamplerLoops, EqualTheQuantilesBitForBit) {
  const auto all = one_of_each();
  std::vector<std::vector<Distribution>> sets{all};
  for (const auto& one : all) sets.push_back({one});
  sets.push_back({Lognormal{540, 0.8}, Lognormal{60, 0.3}, Constant{5}});
  sets.push_back({Weibull{1.4, 2400}, Weibull{0.8, 60}});
  sets.push_back({LogLogistic{2.5, 540}, LogLogistic{1000, 60}});
  sets.push_back({Exponential{3}, Exponential{4}, Uniform{0, 1}});
  sets.push_back({Uniform{0, 1}, Uniform{3, 5}, Exponential{3}});
  sets.push_back({Constant{3}, Never{}, Constant{4}, Constant{5}});
  sets.push_back({limited(Lognormal{540, 0.8}, 700), Lognormal{60, 0.3}, limited(Gamma{200, 0.6}, 200)});
  constexpr std::size_t n = 1003;
  // Where the normal quantile's centre meets its tails, and the ends.
  constexpr std::uint32_t edges[] = {0,          322122546,  322122547,  322122548,
                                     3972844747, 3972844748, 3972844749, UINT32_MAX};
  for (const auto& set : sets) {
    const Sampler sampler(set, GetParam());
    std::vector<std::uint32_t> which(n), words(n);
    std::vector<double> out(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      which[i] = static_cast<std::uint32_t>(i % set.size());
      words[i] = i / set.size() < std::size(edges) ? edges[i / set.size()] : draw({1, 2}, i, 0, 0, 0)[0];
    }
    sampler.sample(which.data(), words.data(), n, out.data());
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], quantile(set[which[i]], uniform(words[i])));
  }
}

/// Values from the closed forms: of shape 3 the mean is 2 pi / (3 sqrt 3) medians, of shape 4 the second
/// moment is pi / 2 squared medians.
TEST(LogLogistic, HasTheKnownMomentsAndQuantiles) {
  const LogLogistic three{3, 60}, four{4, 60};
  EXPECT_NEAR(mean(three), 60 * 1.2091995761561452, 1e-12 * 60);
  EXPECT_NEAR(mean(four), 60 * 1.1107207345395915, 1e-12 * 60);
  EXPECT_NEAR(variance(four), 3600 * (1.5707963267948966 - 1.2337005501361697), 1e-11 * 3600);
  EXPECT_EQ(quantile(three, 0.5), 60);
  EXPECT_NEAR(quantile(three, 0.75), 60 * 1.4422495703074083, 1e-12 * 60);
  EXPECT_NEAR(quantile(four, 0.25), 60 / 1.3160740129524924, 1e-12 * 60);
  for (const double u : {0x1p-33, 1e-6, 0.1, 0.4})
    EXPECT_NEAR(quantile(three, u) * quantile(three, 1 - u) / 3600, 1, 1e-9) << u;
}

TEST(Distribution, ScaledIsTheDistributionOfTheScaledAmount) {
  for (const auto& distribution : one_of_each()) {
    if (std::holds_alternative<Never>(distribution)) continue;
    const Distribution doubled = scaled(distribution, 2);
    EXPECT_EQ(doubled.index(), distribution.index());
    EXPECT_NEAR(mean(doubled) / mean(distribution), 2, 1e-12);
    for (const double u : {0.01, 0.3, 0.8, 0.999})
      EXPECT_NEAR(quantile(doubled, u) / quantile(distribution, u), 2, 1e-9) << distribution.index();
  }
}

const DistributionFamily& family_named(std::string_view name) {
  const auto all = distribution_families();
  return *std::find_if(all.begin(), all.end(), [&](const auto& family) { return family.name == name; });
}

/// The distribution that users get who give these values, in the order of the family's parameters.
Distribution made(std::string_view name, std::vector<double> values) {
  const DistributionFamily& family = family_named(name);
  EXPECT_FALSE(family.problem(values)) << name;
  return family.make(values);
}

TEST(DistributionFamily, IsWhatTheDistributionsAreMadeFrom) {
  const auto all = distribution_families();
  ASSERT_EQ(all.size(), std::variant_size_v<Distribution>);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_FALSE(all[i].doc.empty());
    EXPECT_EQ(&family_named(all[i].name), &all[i]) << "two families of one name";
    EXPECT_EQ(all[i].make == nullptr, all[i].form == FamilyForm::parts || all[i].form == FamilyForm::limited);
    if (all[i].form != FamilyForm::parameters) continue;
    std::vector<double> values;
    for (const Parameter& parameter : all[i].parameters) {
      values.push_back(parameter.required ? std::max(1.0, parameter.low) + static_cast<double>(values.size())
                                          : NAN);
    }
    EXPECT_EQ(all[i].make(values).index(), i);
  }
}

TEST(DistributionFamily, TakesValuesInTheOrderOfItsParameters) {
  EXPECT_EQ(std::get<Constant>(made("constant", {5})).value, 5);
  EXPECT_EQ(std::get<Exponential>(made("exponential", {5})).mean, 5);
  EXPECT_EQ(std::get<Erlang>(made("erlang", {5, 3})).shape, 3);
  EXPECT_EQ(std::get<Gamma>(made("gamma", {5, 0.5})).cv, 0.5);
  EXPECT_EQ(std::get<Lognormal>(made("lognormal", {5, 0.5})).cv, 0.5);
  EXPECT_EQ(std::get<LogLogistic>(made("log_logistic", {4, 60})).median, 60);
  EXPECT_EQ(std::get<Uniform>(made("uniform", {2, 5})).high, 5);
  EXPECT_EQ(std::get<Triangular>(made("triangular", {2, 3, 5})).mode, 3);
  EXPECT_EQ(std::get<Empirical>(made("empirical", {3, 1, 2})).values, (std::vector<double>{1, 2, 3}));
  EXPECT_TRUE(std::holds_alternative<Never>(made("never", {})));
  EXPECT_EQ(std::get<Weibull>(made("weibull", {2, 60, NAN})).scale, 60);
  EXPECT_NEAR(quantile(made("weibull", {2, NAN, 60}), 0.5), 60, 1e-9);
}

TEST(DistributionFamily, TellsWhatIsWrongWithParametersTogether) {
  const auto wrong = [](std::string_view name, std::vector<double> values) {
    const auto problem = family_named(name).problem(values);
    return problem ? problem->problem : "nothing";
  };
  EXPECT_EQ(wrong("weibull", {2, NAN, NAN}), "a Weibull has a scale or a median");
  EXPECT_EQ(wrong("weibull", {2, 60, 60}), "a Weibull has a scale or a median");
  EXPECT_EQ(wrong("uniform", {5, 5}), "low is not below high");
  EXPECT_EQ(wrong("triangular", {5, 5, 2}), "low is not below high");
  EXPECT_EQ(wrong("triangular", {1, 5, 2}), "mode is not between low and high");
  EXPECT_EQ(wrong("exponential", {5}), "nothing");
}

TEST(Distribution, MomentsAreThoseOfTheQuantiles) {
  constexpr int n = 200000;
  for (const auto& distribution : one_of_each()) {
    if (std::holds_alternative<Never>(distribution)) continue;
    double sum = 0, square = 0;
    for (int i = 0; i < n; ++i) {
      const double x = quantile(distribution, (i + 0.5) / n);
      sum += x / n;
      square += x * x / n;
    }
    EXPECT_NEAR(sum / mean(distribution), 1, 1e-3) << distribution.index();
    // Sums of 200,000 squares are good to about 1e-11 of the squared mean.
    EXPECT_NEAR(square - sum * sum, variance(distribution), 0.02 * variance(distribution) + 1e-9 * sum * sum)
        << distribution.index();
  }
}

TEST(AtMost, HasTheKnownMoments) {
  // Of an exponential cut at c, with x = c / m: m (1 - e^-x), and 2 m^2 (1 - (1 + x) e^-x) for the square.
  for (const double limit : {1.0, 60.0, 500.0}) {
    const double m = 60, x = limit / m;
    const Distribution cut = limited(Exponential{m}, limit);
    const double expected = m * -std::expm1(-x), square = 2 * m * m * (1 - (1 + x) * std::exp(-x));
    EXPECT_NEAR(mean(cut), expected, 1e-7 * expected) << limit;
    EXPECT_NEAR(variance(cut), square - expected * expected, 1e-6 * square) << limit;
  }
  EXPECT_EQ(mean(limited(Uniform{10, 20}, 30)), 15) << "nothing is above the limit";
  EXPECT_EQ(mean(limited(Uniform{10, 20}, 5)), 5) << "everything is above the limit";
  EXPECT_EQ(variance(limited(Uniform{10, 20}, 5)), 0);
  EXPECT_EQ(mean(limited(Never{}, 90)), 90);
  EXPECT_NEAR(mean(limited(Uniform{10, 20}, 15)), 12.5 / 2 + 15.0 / 2, 1e-9);
}

/// The quantile function of a mixture falls where a long part comes before a short one.
TEST(AtMost, OfAMixtureIsOfItsParts) {
  const Mixture falling{{{1, Constant{600}}, {1, Constant{60}}}};
  const Distribution cut = limited(falling, 300);
  EXPECT_EQ(mean(cut), 180);
  EXPECT_EQ(variance(cut), 120 * 120);
  EXPECT_EQ(quantile(cut, 0.25), 300);
  EXPECT_EQ(quantile(cut, 0.75), 60);
  const Distribution rare =
      limited(Mixture{{{100000, Constant{1}}, {1, Constant{50000}}, {1, Constant{1e6}}}}, 1e5);
  EXPECT_NEAR(mean(rare), (100000 + 50000 + 1e5) / 100002, 1e-9);
  const Mixture nested{{{1, falling}, {1, Exponential{60}}}};
  EXPECT_NEAR(mean(limited(nested, 90)), (90.0 + 60) / 4 + 30 * -std::expm1(-1.5), 1e-6);
}

TEST(AtMost, OfObservationsIsExact) {
  const Empirical observed{{10, 10, 20, 1000}};
  EXPECT_NEAR(mean(limited(observed, 15)), (10 + (12.5 + 15) / 2 + 15) / 3, 1e-12);
  EXPECT_NEAR(variance(limited(Empirical{{0, 10}}, 5)), (25.0 / 3 + 25) / 2 - 3.75 * 3.75, 1e-12);
  EXPECT_EQ(mean(limited(Empirical{{7}}, 5)), 5);
}

TEST(Mixture, TellsWhereItsPartsEnd) {
  EXPECT_THAT(part_ends(Mixture{{{1, Constant{1}}, {3, Mixture{{{2, Constant{1}}, {1, Constant{2}}}}}}}),
              testing::ElementsAre(0.25, 0.75));
  EXPECT_THAT(part_ends(Exponential{1}), testing::IsEmpty());
}

TEST(AtMost, OfAnotherLimitIsTheLesser) {
  EXPECT_EQ(limited(limited(Exponential{60}, 90), 30), limited(Exponential{60}, 30));
  EXPECT_EQ(limited(limited(Exponential{60}, 30), 90), limited(Exponential{60}, 30));
}

TEST(Poisson, EqualsTheDistributionFunction) {
  PoissonQuantile poisson;
  for (const double expected : {0.01, 0.7, 8.0, 63.9, 64.0, 130.0, 2500.5, 1e6}) {
    const boost::math::poisson_distribution<> law(expected);
    for (int k = 1; k < 200; ++k) {
      const double u = (k - 0.37) / 200;
      const auto n = static_cast<double>(poisson(expected, u));
      ASSERT_GE(boost::math::cdf(law, n), u - 1e-12);
      if (n > 0) ASSERT_LT(boost::math::cdf(law, n - 1), u + 1e-12);
    }
  }
}

class PoissonLoops : public tests::EveryInstructionSet {};
INSTANTIATE_TEST_SUITE_P(, PoissonLoops, ::testing::ValuesIn(kInstructionSets), tests::name_of_set);

TEST_P(PoissonLoops, GiveManyAtOnceWhatIsGivenOneByOne) {
  std::vector<double> means;
  std::vector<std::uint32_t> high, low;
  for (std::uint32_t i = 0; i < 3001; ++i) {
    const Block block = draw({5, 6}, i, 0, 0, 0);
    means.push_back(i % 7 == 0 ? 0 : std::pow(10.0, -3 + 5.5 * uniform(block[2])));
    high.push_back(i % 11 == 0 ? 0 : i % 11 == 1 ? UINT32_MAX : block[0]);
    low.push_back(block[1]);
  }
  PoissonQuantile poisson(GetParam());
  std::vector<std::uint32_t> together(means.size());
  poisson(means.data(), high.data(), low.data(), means.size(), together.data());
  for (std::size_t i = 0; i < means.size(); ++i)
    ASSERT_EQ(together[i], poisson(means[i], uniform(high[i], low[i]))) << means[i];
}

TEST(Poisson, MoreDemandNeverTakesCitizensAway) {
  PoissonQuantile poisson;
  for (int k = 0; k < 300; ++k) {
    const double u = uniform(draw({3, 4}, static_cast<std::uint32_t>(k), 0, 0, 0)[0]);
    std::uint64_t before = 0;
    for (double expected = 0.5; expected < 400; expected *= 1.07) {
      const std::uint64_t now = poisson(expected, u);
      ASSERT_GE(now, before);
      before = now;
    }
  }
}

}  // namespace
}  // namespace pishkhan::random_test
