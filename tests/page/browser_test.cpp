// Pages as a browser shows them: browser.py opens them in headless Chromium. Skipped where there is none.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::browser_test {
namespace {

namespace fs = std::filesystem;

struct Output {
  int status = -1;
  std::string text;
};

Output run_shell(const std::string& command) {
  Output output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return output;
  char block[4096];
  for (std::size_t count = 0; (count = fread(block, 1, sizeof block, pipe)) > 0;)
    output.text.append(block, count);
  output.status = pclose(pipe);
  return output;
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

/// Runs the program in the root folder; its page, quoted.
std::string page_of(const std::string& command, const fs::path& folder) {
  const Output made = run_shell("cd " + quoted(tests::source_dir()) + " && " +
                                quoted(tests::built_program("tools/pishkhan")) + ' ' + command +
                                " --quiet --out " + quoted(folder));
  EXPECT_EQ(made.status, 0) << command << '\n' << made.text;
  return ' ' + quoted(folder / "page.html");
}

/// Of `staff`, in its four forms.
std::string staff_pages(const fs::path& folder) {
  std::ofstream(folder / "places.csv") << "place,clerks\nsari,2\nbabol,1\n";
  const std::string staff = "staff tests/scenarios/small/small.yaml --format csv,html --first-days 200 ";
  return page_of(staff + "--most-days 400", folder / "staffing") +
         page_of(staff + "--budget +10", folder / "budget") +
         page_of(staff + "--open 1 --among " + quoted(folder / "places.csv"), folder / "open") +
         page_of(staff + "--authorise 2", folder / "authorise");
}

std::string plan_page(const fs::path& folder) {
  const fs::path moves = folder / "moves.yaml";
  std::ofstream(moves) << "scenario: Moves\nbase: "
                       << (tests::source_dir() / "tests/scenarios/small/small.yaml").string()
                       << "\nrun: {start: 1395-02-01, days: 62, replications: 2}\n"
                          "staffing: [{at: offices, clerks: +1}]\n"
                          "targets: [{id: t, within: 20 min, share: 70%, in: month, at: offices}]\n"
                          "plan:\n  services: all\n  from: traditional\n  to: office\n"
                          "  waves: [{id: one, starts: 1395-02-10, clerks: 3}, {id: two, starts: 1395-03-01, "
                          "clerks: 3}]\n";
  return page_of("plan " + quoted(moves) + " --format csv,html", folder / "plan");
}

TEST(Browser, OpensThePages) {
  for (const char* program : {"chromium", "python3"}) {
    if (run_shell(std::string("command -v ") + program).status != 0)
      GTEST_SKIP() << program << " is missing: tools/install --page installs it";
  }
  const tests::ScratchFolder scratch;
  const std::string two = " --replications 2 --format html";
  std::string pages =
      page_of("run scenarios/quickstart.yaml --set run.days=7" + two, scratch.path() / "province") +
      page_of("run scenarios/textbook/mm1.yaml --set run.length=2d --set run.warm_up=1h" + two,
              scratch.path() / "stations") +
      page_of(
          "compare scenarios/mazandaran/baseline.yaml scenarios/registry-moves.yaml --waterfall --set "
          "run.days=4 --set run.start=1395-02-09 --replications 8 --format html",
          scratch.path() / "comparison");
  ASSERT_LT(fs::file_size(scratch.path() / "province/page.html"), 500'000U);
  pages += staff_pages(scratch.path()) + plan_page(scratch.path());
  for (const std::string study : {"bank-tellers", "bank-sensitivities"})
    pages += page_of("sweep scenarios/studies/" + study + ".yaml --format csv,html", scratch.path() / study);
  ASSERT_FALSE(HasFailure());

  const fs::path root = tests::source_dir(), axe = root / ".cache/page/axe.min.js";
  std::string command =
      "python3 " + quoted(root / "tests/page/browser.py") + " \"$(command -v chromium)\"" + pages;
  if (fs::exists(axe)) command += " --axe " + quoted(axe);
  const Output looked = run_shell(command);
  std::printf("%s", looked.text.c_str());
  EXPECT_EQ(looked.status, 0);
}

}  // namespace
}  // namespace pishkhan::browser_test
