#include "models/scenario/builder.hpp"

namespace pishkhan {

void build_province(Builder& builder, const Node& root, Scenario&, std::string&) {
  builder.mistake(root, "province", "provinces are not available in this version");
}

}  // namespace pishkhan
