#pragma once
#include <filesystem>
#include <string>

#include "tools/pishkhan/study_folder.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// How many points failed, where each response is least and greatest, which point is best, and which factors
/// matter.
std::string study_summary(const Texts& texts, const StudyResults& results,
                          const std::filesystem::path& folder);
/// The same as one JSON object.
std::string study_json(const StudyResults& results, const std::filesystem::path& folder);

}  // namespace pishkhan
