#include "sim/base/read_file.hpp"

#include <algorithm>
#include <fstream>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {

std::string read_file(const std::filesystem::path& file, std::size_t at_most) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  char buffer[1 << 16];
  while (stream && text.size() < at_most) {
    // A read error sets badbit here; from iterators of the stream's buffer it would come as an exception.
    stream.read(buffer, static_cast<std::streamsize>(std::min(sizeof buffer, at_most - text.size())));
    text.append(buffer, static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.is_open() || stream.bad()) throw EnvironmentError("cannot read " + file.generic_string());
  return text;
}

}  // namespace pishkhan
