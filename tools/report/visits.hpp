#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "tools/report/writer.hpp"

namespace pishkhan {

/// The visits table's columns for the scenario's form.
TableHeader visits_header(const Scenario& scenario);

/// Keeps visits on disk while replications run in parallel, then writes them in replication order.
/// Memory does not grow with the visits.
class VisitSpool {
 public:
  /// Files are made in `folder`; folder and scenario must outlive the spool.
  VisitSpool(const Scenario& scenario, std::filesystem::path folder);
  ~VisitSpool();

  /// Takes the visits of one replication. Replications may run at the same time.
  VisitSink sink(std::uint32_t replication);
  /// After the replication's last visit.
  void close(std::uint32_t replication);

  /// Only so many replications were simulated.
  void keep_first(std::size_t replications);

  /// Writes the table `visits` to every writer. Returns the rows. The writer of the
  /// short form, if there is one, gets no column that is the same in all rows, and no table without rows.
  /// `stop` is asked now and then; true ends it with Interrupted.
  std::uint64_t write(const std::vector<std::unique_ptr<Writer>>& writers, const Writer* of_short_form,
                      const std::function<bool()>& stop) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// After which nothing can be written any more.
  void remove_files() const;

 private:
  struct ReplicationFile;
  [[nodiscard]] std::filesystem::path file_of(std::size_t replication) const;

  const Scenario& scenario_;
  std::filesystem::path folder_;
  std::vector<std::unique_ptr<ReplicationFile>> files_;
};

}  // namespace pishkhan
