#include "tools/pishkhan/sources.hpp"

#include <system_error>

#include "sim/base/diagnostic.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& folder, const std::string& problem) {
  throw UserError({{folder.string(), 0, 0, "--out", problem, "choose another --out"}});
}

}  // namespace

void expect_nothing_read_in(const fs::path& folder, const SourceFiles& files, const fs::path& except) {
  std::error_code error;
  for (const fs::path& file : files.read_so_far()) {
    const bool excepted = !except.empty() && fs::equivalent(file, files.absolute(except), error);
    if (excepted || !fs::equivalent(file.parent_path(), folder, error)) continue;
    refuse(folder, "`" + file.filename().string() + "`, from which the results are made, is in this folder");
  }
}

void expect_nothing_of_a_run_in(const fs::path& folder, const ScenarioOptions& scenario) {
  std::error_code error;
  const fs::path file = scenario.files->absolute(scenario.file);
  if (file.filename() == kManifestFile && fs::equivalent(file.parent_path(), folder, error)) return;
  expect_nothing_read_in(folder, *scenario.files);
}

void refuse_to_replace(const fs::path& folder, const std::string& run) {
  refuse(folder, "it is the folder of a run that is compared: " + run);
}

}  // namespace pishkhan
