#pragma once
#include <string>

#include "tools/page/study.hpp"

namespace pishkhan::page {

/// What the script draws, as JSON.
std::string study_data(const StudySource& source);

}  // namespace pishkhan::page
