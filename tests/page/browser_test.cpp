// Pages as a browser shows them: browser.py opens them in headless Chromium. Skipped where there is none.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
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

TEST(Browser, OpensThePages) {
  for (const char* program : {"chromium", "python3"}) {
    if (run_shell(std::string("command -v ") + program).status != 0)
      GTEST_SKIP() << program << " is missing: tools/install --page installs it";
  }
  const fs::path root = tests::source_dir();
  const tests::ScratchFolder scratch;
  const fs::path province = scratch.path() / "province", stations = scratch.path() / "stations";
  const std::string run =
      "cd " + quoted(root) + " && " + quoted(tests::built_program("tools/pishkhan")) + " run ";
  const std::string end = " --replications 2 --format html --quiet --out ";
  Output made = run_shell(run + "scenarios/quickstart.yaml --set run.days=7" + end + quoted(province));
  ASSERT_EQ(made.status, 0) << made.text;
  made = run_shell(run + "scenarios/textbook/mm1.yaml --set run.length=2d --set run.warm_up=1h" + end +
                   quoted(stations));
  ASSERT_EQ(made.status, 0) << made.text;
  const fs::path comparison = scratch.path() / "comparison";
  made =
      run_shell("cd " + quoted(root) + " && " + quoted(tests::built_program("tools/pishkhan")) +
                " compare scenarios/mazandaran/baseline.yaml scenarios/registry-moves.yaml --waterfall"
                " --set run.days=4 --set run.start=1395-02-09 --replications 8 --format html --quiet --out " +
                quoted(comparison));
  ASSERT_EQ(made.status, 0) << made.text;
  EXPECT_LT(fs::file_size(province / "page.html"), 500'000U);

  std::string studies;
  for (const char* study : {"bank-tellers", "bank-sensitivities"}) {
    const fs::path folder = scratch.path() / study;
    made = run_shell("cd " + quoted(root) + " && " + quoted(tests::built_program("tools/pishkhan")) +
                     " sweep scenarios/studies/" + study + ".yaml --format csv,html --quiet --out " +
                     quoted(folder));
    ASSERT_EQ(made.status, 0) << made.text;
    studies += ' ' + quoted(folder / "page.html");
  }

  const fs::path staffing = scratch.path() / "staffing";
  made = run_shell("cd " + quoted(root) + " && " + quoted(tests::built_program("tools/pishkhan")) +
                   " staff tests/scenarios/small/small.yaml --first-days 200 --most-days 400"
                   " --format csv,html --quiet --out " +
                   quoted(staffing));
  ASSERT_EQ(made.status, 0) << made.text;

  const fs::path axe = root / ".cache/page/axe.min.js";
  std::string command = "python3 " + quoted(root / "tests/page/browser.py") + " \"$(command -v chromium)\" " +
                        quoted(province / "page.html") + ' ' + quoted(stations / "page.html") + ' ' +
                        quoted(comparison / "page.html") + ' ' + quoted(staffing / "page.html") + studies;
  if (fs::exists(axe)) command += " --axe " + quoted(axe);
  const Output looked = run_shell(command);
  std::printf("%s", looked.text.c_str());
  EXPECT_EQ(looked.status, 0);
}

}  // namespace
}  // namespace pishkhan::browser_test
