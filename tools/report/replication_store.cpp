#include "tools/report/replication_store.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "models/trial/result_bytes.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "tools/report/output_file.hpp"

namespace pishkhan {
namespace {

const std::string kFirstLine = "pishkhan replications " + std::to_string(kResultLayout);

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem,
                         const std::string& hint) {
  throw UserError({{file.string(), 0, 0, "", problem, hint}});
}

std::string last_line(const std::string& hash) { return "sha256 " + hash + '\n'; }

/// Expects the last line to have the hash of all before it, and goes back to the beginning.
void expect_hash(std::ifstream& in) {
  const auto length = static_cast<std::streamoff>(last_line(sha256("")).size());
  in.seekg(0, std::ios::end);
  std::streamoff left = in.tellg() - length;
  in.seekg(0);
  Sha256 hash;
  for (std::string block(std::size_t{1} << 20, '\0'); in && left > 0;) {
    in.read(block.data(), std::min(left, static_cast<std::streamoff>(block.size())));
    hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
    left -= in.gcount();
  }
  std::string last(static_cast<std::size_t>(length), '\0');
  in.read(last.data(), length);
  if (!in || last != last_line(hash.finish()))
    throw std::runtime_error("it is damaged: its bytes are not those that were written");
  in.seekg(0);
}

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
                                    int only, const std::string& program) {
  std::error_code error;
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
    refuse(file, "it is not a file", "`run --format store` writes it");
  std::ifstream in(file, std::ios::binary);
  std::string first, second;
  if (!std::getline(in, first))
    throw EnvironmentError("cannot read " + file.string() + "; `run --format store` writes it");
  if (first != kFirstLine) refuse(file, "it is not of this version's layout", "run the scenario again");
  std::vector<std::size_t> lengths;
  try {
    expect_hash(in);
    std::getline(in, first);
    std::getline(in, second);
    const auto json = nlohmann::json::parse(second);
    if (json.at("scenario_sha256") != scenario_sha256)
      refuse(file, "it is of another scenario than the manifest beside it", "run the scenario again");
    const std::string wrote = json.at("program");
    if (!program.empty() && wrote != program) {
      refuse(file, "version " + wrote + " of the program wrote it, and this is version " + program,
             "run the scenario again");
    }
    lengths = json.at("bytes").get<std::vector<std::size_t>>();
    if (only >= static_cast<int>(lengths.size())) {
      refuse(file, "it has no replication " + std::to_string(only),
             "they are numbered from 0 to " + std::to_string(static_cast<int>(lengths.size()) - 1));
    }
    std::vector<TrialResult> results;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      if (only >= 0 && static_cast<std::size_t>(only) != i) {
        in.seekg(static_cast<std::streamoff>(lengths[i]), std::ios::cur);
        continue;
      }
      std::string bytes(lengths[i], '\0');
      if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw std::runtime_error("the file ends before its last replication");
      results.push_back(from_bytes(bytes));
    }
    return results;
  } catch (const nlohmann::json::exception&) {
    throw EnvironmentError("cannot read " + file.string() + ": its second line is torn");
  } catch (const UserError&) {
    throw;
  } catch (const std::runtime_error& torn) {
    throw EnvironmentError("cannot read " + file.string() + ": " + torn.what());
  }
}

}  // namespace pishkhan
