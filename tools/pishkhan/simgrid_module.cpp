#include "tools/pishkhan/simgrid_module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "sim/backbone/simgrid.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOtherModels = "; backbone.model can be ideal or shared";

fs::path find_module() {
  const std::string name = "pishkhan_simgrid.so";
  const fs::path programs = fs::read_symlink("/proc/self/exe").parent_path();
  const fs::path library = programs.parent_path() / "lib/pishkhan";
  for (const fs::path& folder : {library, programs})
    if (fs::exists(folder / name)) return folder / name;
  throw EnvironmentError("there is no " + name + " in " + library.string() + " or " + programs.string() +
                         ", so this pishkhan has no SimGrid" + kOtherModels);
}

SimgridEntry* load_entry() {
  const fs::path file = find_module();
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* entry = module ? dlsym(module, kSimgridEntry) : nullptr;
  if (!entry) throw EnvironmentError(std::string("cannot load SimGrid: ") + dlerror() + kOtherModels);
  return reinterpret_cast<SimgridEntry*>(entry);
}

SimgridEntry* simgrid_entry() {
  static SimgridEntry* const entry = load_entry();
  return entry;
}

}  // namespace

void load_simgrid_module() { simgrid_entry(); }

std::unique_ptr<Backbone> make_simgrid(const Platform& platform) {
  return std::unique_ptr<Backbone>(simgrid_entry()(platform));
}

}  // namespace pishkhan
