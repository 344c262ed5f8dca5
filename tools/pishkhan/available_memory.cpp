#include "tools/pishkhan/available_memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace pishkhan {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::infinity();

/// The number in a file, or nothing where there is none (`max` stands for no limit).
std::optional<double> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  double number = 0;
  if (in >> number) return number;
  return std::nullopt;
}

double machine_bytes() {
  std::ifstream in("/proc/meminfo");
  std::string name, unit;
  double kilobytes = 0;
  while (in >> name >> kilobytes) {
    if (name == "MemAvailable:") return kilobytes * 1024;
    std::getline(in, unit);
  }
  return kUnknown;
}

/// What the process's control group and those above it leave, by their second version or the first.
double group_bytes() {
  double least = kUnknown;
  const auto look = [&least](const std::filesystem::path& folder, const char* limit, const char* used) {
    const auto most = number_in(folder / limit), now = number_in(folder / used);
    if (most && now) least = std::min(least, std::max(0.0, *most - *now));
  };
  std::ifstream in("/proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    const bool second = line.rfind("0::", 0) == 0;
    if (!second && line.find(":memory:") == std::string::npos) continue;
    const std::filesystem::path root = second ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
    std::filesystem::path folder = line.substr(line.rfind(':') + 1);
    for (;; folder = folder.parent_path()) {
      const auto here = root / folder.relative_path();
      if (second)
        look(here, "memory.max", "memory.current");
      else
        look(here, "memory.limit_in_bytes", "memory.usage_in_bytes");
      if (!folder.has_relative_path()) break;
    }
  }
  return least;
}

/// What the limit of the process's addresses (`ulimit -v`) leaves.
double address_bytes() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kUnknown;
  const auto pages = number_in("/proc/self/statm");
  const double used = pages ? *pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
  return std::max(0.0, static_cast<double>(limit.rlim_cur) - used);
}

}  // namespace

double available_memory_bytes() { return std::min({machine_bytes(), group_bytes(), address_bytes()}); }

double resident_memory_bytes() {
  std::ifstream in("/proc/self/statm");
  double all = 0, resident = 0;
  return in >> all >> resident ? resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace pishkhan
