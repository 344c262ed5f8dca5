#include "tools/report/replication_store.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "models/trial/result_bytes.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

const std::string kFirstLine = "pishkhan replications " + std::to_string(kResultLayout);

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem,
                         const std::string& hint) {
  throw UserError({{file.string(), 0, 0, "", problem, hint}});
}

std::string last_line(const std::string& hash) { return "sha256 " + hash + '\n'; }

[[noreturn]] void tell_damaged() {
  throw std::runtime_error("it is damaged: its bytes are not those that were written");
}

/// Reads bytes and hashes them.
class HashedInput {
 public:
  explicit HashedInput(std::ifstream& in) : in_(in) {}
  /// Without its end.
  std::string line() {
    std::string line;
    std::getline(in_, line);
    hash_.add(line);
    hash_.add("\n");
    return line;
  }
  std::string bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (!in_.read(bytes.data(), static_cast<std::streamsize>(count))) tell_damaged();
    hash_.add(bytes);
    return bytes;
  }
  /// Expects the last line to have the hash of all before it. Returns the hash of the file.
  std::string finish() {
    Sha256 all = hash_;
    const std::string expected = last_line(hash_.finish());
    std::string rest(expected.size() + 1, '\0');  // one more than there should be
    in_.read(rest.data(), static_cast<std::streamsize>(rest.size()));
    rest.resize(static_cast<std::size_t>(in_.gcount()));
    if (rest != expected) tell_damaged();
    all.add(rest);
    return all.finish();
  }

 private:
  std::ifstream& in_;
  Sha256 hash_;
};

/// Writes bytes and hashes them.
class HashedFile {
 public:
  explicit HashedFile(const std::filesystem::path& file) : out_(file) {}
  void write(const std::string& bytes) {
    hash_.add(bytes);
    out_.write(bytes);
  }
  void close() {
    out_.write(last_line(hash_.finish()));
    out_.close();
  }

 private:
  OutputFile out_;
  Sha256 hash_;
};

/// How long the result of each replication is, as the second line says. Throws as read_store does.
std::vector<std::size_t> read_lengths(const std::filesystem::path& file, const std::string& line,
                                      const std::string& scenario_sha256, int only,
                                      const std::string& program) {
  const auto json = nlohmann::json::parse(line);
  if (json.at("scenario_sha256") != scenario_sha256)
    refuse(file, "it is of another scenario than the manifest beside it", "run the scenario again");
  const std::string wrote = json.at("program");
  if (!program.empty() && wrote != program) {
    refuse(file, "version " + wrote + " of the program wrote it, and this is version " + program,
           "run the scenario again");
  }
  auto lengths = json.at("bytes").get<std::vector<std::size_t>>();
  if (only >= static_cast<int>(lengths.size())) {
    refuse(file, "it has no replication " + std::to_string(only),
           "they are numbered from 0 to " + std::to_string(static_cast<int>(lengths.size()) - 1));
  }
  return lengths;
}

}  // namespace

void write_store(const std::filesystem::path& file, const StoreHeader& header,
                 std::span<const TrialResult> results) {
  nlohmann::ordered_json json{
      {"program", header.program}, {"scenario_sha256", header.scenario_sha256}, {"seed", header.seed}};
  json["bytes"] = nlohmann::ordered_json::array();
  for (const TrialResult& result : results) json["bytes"].push_back(to_bytes(result).size());
  HashedFile out(file);
  out.write(kFirstLine + '\n' + json.dump() + '\n');
  for (const TrialResult& result : results) out.write(to_bytes(result));  // one at a time, for the memory
  out.close();
}

std::vector<TrialResult> read_store(const std::filesystem::path& file, const std::string& scenario_sha256,
                                    int only, const std::string& program, std::string* file_sha256) {
  std::error_code error;
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
    refuse(file, "it is not a file", "`run --format store` writes it");
  std::ifstream in(file, std::ios::binary);
  if (!in || in.peek() == std::ifstream::traits_type::eof())
    throw EnvironmentError("cannot read " + file.string() + "; `run --format store` writes it");
  HashedInput input(in);
  if (input.line() != kFirstLine)
    refuse(file, "it is not of this version's layout", "run the scenario again");
  try {
    const std::vector<std::size_t> lengths = read_lengths(file, input.line(), scenario_sha256, only, program);
    const std::uintmax_t most = std::filesystem::file_size(file);
    std::vector<TrialResult> results;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      if (lengths[i] > most) tell_damaged();
      const std::string bytes = input.bytes(lengths[i]);
      if (only < 0 || static_cast<std::size_t>(only) == i) results.push_back(from_bytes(bytes));
    }
    const std::string hash = input.finish();
    if (file_sha256 != nullptr) *file_sha256 = hash;
    return results;
  } catch (const nlohmann::json::exception&) {
    throw EnvironmentError("cannot read " + file.string() + ": its second line is torn");
  } catch (const std::runtime_error& torn) {
    throw EnvironmentError("cannot read " + file.string() + ": " + torn.what());
  }
}

std::vector<TrialResult> read_store_in(const std::filesystem::path& folder,
                                       const std::string& scenario_sha256, int only,
                                       const std::string& program) {
  std::string hash;
  const std::filesystem::path file = folder / kStoreFile;
  std::vector<TrialResult> results = read_store(file, scenario_sha256, only, program, &hash);
  expect_as_written(file, hash);
  return results;
}

}  // namespace pishkhan
