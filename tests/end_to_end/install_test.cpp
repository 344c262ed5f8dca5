// What `cmake --install` lays out, and how the program was linked.
#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::install_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Program;
using tests::run_program;
using tests::ScratchFolder;

TEST(Installation, RunsFromAnyFolderMovedAndByALink) {
  const ScratchFolder scratch;
  const fs::path prefix = scratch.path() / "prefix", moved = scratch.path() / "elsewhere/moved";
  const fs::path build = tests::built_program("");
  const std::string install =
      "cmake --install '" + build.string() + "' --prefix '" + prefix.string() + "' > /dev/null";
  ASSERT_EQ(std::system(install.c_str()), 0);
  for (const char* part :
       {"bin/pishkhan", "share/pishkhan/scenarios/schema.json", "share/doc/pishkhan/README.md"})
    EXPECT_TRUE(fs::exists(prefix / part)) << part;
  fs::create_directories(moved.parent_path());
  fs::rename(prefix, moved);
  fs::create_symlink(moved / "bin/pishkhan", scratch.path() / "link");
  for (const fs::path& program : {moved / "bin/pishkhan", scratch.path() / "link"}) {
    Program::Settings settings;
    settings.program = program;
    settings.folder = "/";
    EXPECT_THAT(run_program({"offices", "--county", "sari"}, settings).out, HasSubstr("sari-u-001"));
    EXPECT_EQ(run_program({"check", "textbook/mm1.yaml"}, settings).exit_code, 0);
    const auto run = [&](const std::string& model) {
      return run_program({"run", "quickstart.yaml", "--set", "run.days=1", "--set", "run.warm_up_days=0",
                          "--replications", "2", "--quiet", "--force", "--set", "backbone.model=" + model,
                          "--out", (scratch.path() / "out").string()},
                         settings);
    };
    const auto finished = run("shared");
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
#ifdef PISHKHAN_WITH_SIMGRID
    const auto with_module = run("simgrid");
    EXPECT_EQ(with_module.exit_code, 0) << with_module.error;
#endif
  }
}

#if defined(__x86_64__) && defined(__GNUC__) && defined(NDEBUG) && !defined(PISHKHAN_SANITIZED)

/// The program's bytes, and its headers in them.
class Binary {
 public:
  Binary() {
    std::ifstream in(tests::built_program("tools/pishkhan"), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    bytes_ = text.str();
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] Elf64_Ehdr header() const { return at<Elf64_Ehdr>(0); }
  [[nodiscard]] const Elf64_Phdr* find(std::uint32_t type) {
    for (std::size_t i = 0; i < header().e_phnum; ++i) {
      found_ = at<Elf64_Phdr>(header().e_phoff + i * sizeof(Elf64_Phdr));
      if (found_.p_type == type) return &found_;
    }
    return nullptr;
  }
  [[nodiscard]] std::uint64_t dynamic(std::int64_t tag) {
    const Elf64_Phdr* section = find(PT_DYNAMIC);
    for (std::size_t from = section->p_offset;; from += sizeof(Elf64_Dyn)) {
      const auto entry = at<Elf64_Dyn>(from);
      if (entry.d_tag == tag) return entry.d_un.d_val;
      if (entry.d_tag == DT_NULL) return 0;
    }
  }

 private:
  template <class T>
  [[nodiscard]] T at(std::size_t offset) const {
    T value;
    std::memcpy(&value, bytes_.substr(offset, sizeof value).data(), sizeof value);
    return value;
  }
  std::string bytes_;
  Elf64_Phdr found_{};
};

TEST(Installation, ProgramIsHardened) {
  Binary binary;
  EXPECT_EQ(binary.header().e_type, ET_DYN) << "position-independent";
  EXPECT_NE(binary.find(PT_GNU_RELRO), nullptr);
  EXPECT_NE(binary.dynamic(DT_FLAGS) & DF_BIND_NOW, 0U);
  ASSERT_NE(binary.find(PT_GNU_STACK), nullptr);
  EXPECT_EQ(binary.find(PT_GNU_STACK)->p_flags & PF_X, 0U);
  EXPECT_THAT(binary.bytes(), HasSubstr("__stack_chk_fail"));
  EXPECT_NE(binary.bytes().find(std::string("_chk\0", 5)), std::string::npos) << "a checked copy or print";
}

TEST(Installation, ProgramKnowsNoFolderOfItsBuild) {
  Binary binary;
  EXPECT_EQ(binary.bytes().find(tests::source_dir().string()), std::string::npos);
  EXPECT_EQ(binary.dynamic(DT_RUNPATH), 0U);
  EXPECT_EQ(binary.dynamic(DT_RPATH), 0U);
}

#endif

}  // namespace
}  // namespace pishkhan::install_test
