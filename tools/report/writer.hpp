#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "tools/report/table.hpp"

namespace pishkhan {

/// Where tables go. Tables come one after another: begin, rows, end; then finish once.
/// Every function throws EnvironmentError when the medium fails.
class Writer {
 public:
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;

  virtual void begin(const TableHeader& header) = 0;
  /// As many cells as the header has columns, each of the column's type or empty.
  virtual void row(std::span<const Cell> cells) = 0;
  virtual void end() = 0;
  /// Nothing is certain to be on the medium before this returns.
  virtual void finish() = 0;
};

void write_table(Writer& writer, const Table& table);

}  // namespace pishkhan
