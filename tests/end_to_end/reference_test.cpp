#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::reference_test {
namespace {

TEST(Reference, TablesAreWhatTheProgramWrites) {
  const tests::ScratchFolder scratch;
  const auto folder = scratch.path() / "reference";
  const std::string command = (tests::source_dir() / "tools/reference").string() + " " +
                              tests::built_program("tools/pishkhan").string() + " " + folder.string() +
                              " > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  auto made = tests::read_folder(folder);
  // Copies of scenarios/mazandaran are not committed.
  std::erase_if(made, [](const auto& file) { return file.first.starts_with("input_"); });
  auto committed = tests::read_folder(tests::source_dir() / "results/reference");
  std::erase_if(committed, [](const auto& file) { return file.first.starts_with("input_"); });
  ASSERT_EQ(made.size(), committed.size());
  for (const auto& [name, bytes] : made) {
    EXPECT_TRUE(committed.contains(name) && committed.at(name) == bytes)
        << "results/reference/" << name << " differs; if results were meant to change, run tools/reference";
  }
}

}  // namespace
}  // namespace pishkhan::reference_test
