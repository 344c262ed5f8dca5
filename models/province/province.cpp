#include "models/province/province.hpp"

namespace pishkhan {

std::string_view to_string(Channel channel) {
  constexpr std::string_view names[] = {"traditional", "office", "online"};
  return names[static_cast<std::size_t>(channel)];
}

std::string_view to_string(Kind kind) { return kind == Kind::urban ? "urban" : "rural"; }

std::string_view to_string(Evidence evidence) {
  constexpr std::string_view names[] = {"measured", "stated", "assumed"};
  return names[static_cast<std::size_t>(evidence)];
}

}  // namespace pishkhan
