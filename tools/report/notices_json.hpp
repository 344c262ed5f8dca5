#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <vector>

#include "models/scenario/notice.hpp"

namespace pishkhan {

/// Notices as a manifest has them: the English sentence for its reader, key and values for other languages.
/// By their sentences, as the order of a scenario's maps is another when its manifest is run.
nlohmann::ordered_json notices_json(std::span<const Notice> notices);

/// The notices of a manifest, without their locations. Nothing where one is not of this program.
std::optional<std::vector<Notice>> read_notices(const nlohmann::json& json);

}  // namespace pishkhan
