#pragma once
#include <filesystem>
#include <string>

#include "tools/pishkhan/study_folder.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// How many points failed, and where each response is least and greatest.
std::string study_summary(const Texts& texts, const StudyResults& results,
                          const std::filesystem::path& folder);
/// The same as one JSON object.
std::string study_json(const StudyResults& results, const std::filesystem::path& folder);

}  // namespace pishkhan
