#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::tests {

/// The small province of tests/scenarios in a folder of its own, with a table of evidence.
class SmallWithRanges {
 public:
  /// Rows of evidence.csv: file,column,evidence,low,high,source.
  explicit SmallWithRanges(const std::string& rows) {
    const std::filesystem::path from = source_dir() / "tests/scenarios/small";
    std::filesystem::copy(from, scratch_.path());
    std::ifstream in(from / "small.yaml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string after = "  counters: counters.csv\n";
    text.insert(text.find(after) + after.size(), "  evidence: evidence.csv\n");
    std::ofstream(scenario()) << text;
    std::ofstream(evidence()) << "file,column,evidence,low,high,source\n" << rows;
  }
  [[nodiscard]] std::filesystem::path scenario() const { return scratch_.path() / "small.yaml"; }
  [[nodiscard]] std::filesystem::path evidence() const { return scratch_.path() / "evidence.csv"; }
  [[nodiscard]] const std::filesystem::path& folder() const { return scratch_.path(); }

 private:
  ScratchFolder scratch_;
};

}  // namespace pishkhan::tests
